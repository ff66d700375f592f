"""What lies ahead of a person, and how practice has gone so far."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.practice.models import Card, Grade, Review, Sitting
from assessments.practice.rounds import streak, waiting_cards
from assessments.practice.scheduling import DAY, retrievability
from courses.models import Topic
from trainingsite.core import charts
from trainingsite.people.models import User

AHEAD, BEHIND = 14, timedelta(days=90)


class Row(NamedTuple):
    due_on: date
    last_on: date
    stability: float
    reps: int


@dataclass(frozen=True)
class Outlook:
    """The cards of a person as they stand; all that is reckoned from them needs no further query."""

    today: date
    rows: Sequence[Row]

    @property
    def new(self) -> int:
        """Waiting cards that were never practised: a few of them come each day."""
        return sum(not row.reps and row.due_on <= self.today for row in self.rows)

    @property
    def next_on(self) -> date | None:
        """The next day, after today, on which something is due."""
        if any(row.due_on <= self.today for row in self.rows):
            return self.today + DAY
        return min((row.due_on for row in self.rows), default=None)

    @property
    def days(self) -> list[date]:
        return [self.today + number * DAY for number in range(1, AHEAD + 1)]

    @property
    def due(self) -> list[int]:
        """How many come on each of the next days; what waits already comes on the first."""
        by_day = Counter(max(row.due_on, self.today + DAY) for row in self.rows if row.reps or row.due_on > self.today)
        return [by_day[day] for day in self.days]

    @property
    def known(self) -> float | None:
        """The share that is known today, by the model."""
        return self._known_on(self.today)

    @property
    def known_if_idle(self) -> float | None:
        """The share that would still be known at the end, if nothing were practised until then."""
        return self._known_on(self.days[-1])

    def _known_on(self, day: date) -> float | None:
        chances = [retrievability(row.stability, row.last_on, day) for row in self.rows]
        return sum(chances) / len(chances) if chances else None

    @property
    def chart(self) -> dict[str, Any]:
        names = [date_format(day, "MONTH_DAY_FORMAT") for day in self.days]
        option = charts.bars(names, {_("Questions due"): self.due})
        option["yAxis"]["minInterval"] = 1
        return option


@dataclass(frozen=True)
class TopicLine:
    """How the person does in a topic: first answers of a day, and what the model says of the cards."""

    topic: Topic
    cards: int
    answers: int
    right: int
    known: float

    @property
    def share(self) -> float | None:
        return self.right / self.answers if self.answers else None


@dataclass(frozen=True)
class Progress:
    outlook: Outlook
    streak: int
    best: int
    days: int
    lines: list[TopicLine]


def outlook_of(person: User, today: date) -> Outlook:
    """One query."""
    rows = Card.objects.in_use().filter(person=person).order_by("due_on", "pk")
    return Outlook(today, [Row(*row) for row in rows.values_list(*Row._fields)])


def progress_of(person: User, today: date) -> Progress:
    """Five queries, however much was practised."""
    last = Sitting.objects.filter(person=person, day__lte=today).order_by("-day").first()
    finished = Sitting.objects.filter(person=person, finished_at__isnull=False)
    longest = finished.order_by("-streak").first()
    return Progress(
        outlook=outlook_of(person, today),
        streak=streak_now(person, last, today),
        best=longest.days_in_a_row if longest else 0,
        days=finished.count(),
        lines=_lines(person, today),
    )


def streak_now(person: User, last: Sitting | None, today: date) -> int:
    """The days in a row that stand today, whether or not today's practice is done."""
    if last is not None and last.day == today:
        return last.days_in_a_row
    return streak(last, waiting_cards(person, today), today)


def _lines(person: User, today: date) -> list[TopicLine]:
    """By topic, in the order of the tree."""
    chances: defaultdict[Topic, list[float]] = defaultdict(list)
    rows = Card.objects.in_use().filter(person=person).select_related("question__topic")
    for card in rows.order_by("question__topic__path", "pk"):
        chances[card.question.topic].append(retrievability(card.stability, card.last_on, today))
    answers = _answers(person, today)
    return [
        TopicLine(topic, len(known), *answers.get(topic.pk, (0, 0)), known=sum(known) / len(known))
        for topic, known in chances.items()
    ]


def _answers(person: User, today: date) -> dict[int, tuple[int, int]]:
    """Answers that count of the last months, and how many of them were right, by topic."""
    given = Review.objects.first_of_day().filter(person=person, day__gt=today - BEHIND).order_by()
    right = Count("pk", filter=Q(rating=Grade.RIGHT))
    rows = given.values_list("card__question__topic").annotate(all=Count("pk"), right=right)
    return {topic: (number, hits) for topic, number, hits in rows}
