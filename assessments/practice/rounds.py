"""A round of questions as a person goes through it: today's handful, or a drill."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from assessments.practice.choosing import Waiting, handful, is_open, to_ask
from assessments.practice.models import Card, DrillPerson, Review, Sitting
from assessments.practice.scheduling import DAY
from assessments.practice.withholding import withheld
from assessments.questions.models import Question, Status
from trainingsite.core import clock
from trainingsite.people.models import User

COLUMNS = ("pk", "reps", "missed_on", "stability", "last_on", "due_on")
OPEN = """
INSERT INTO assessments_sitting (person_id, day, cards, streak, opened_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (person_id, day) DO UPDATE SET day = excluded.day
RETURNING id, person_id, day, cards, streak, opened_at, finished_at
"""
FIELDS = ["id", "person_id", "day", "cards", "streak", "opened_at", "finished_at"]


@dataclass(frozen=True)
class Round:
    """The questions in their order, and what was answered in this round, the earliest first, by question.

    `held` are those that a quiz keeps back: they are not asked, and what was right in them is not told.
    """

    questions: list[Question]
    answers: dict[int, list[Review]] = field(default_factory=dict)
    sitting: Sitting | None = None
    drill: DrillPerson | None = None
    held: frozenset[int] = frozenset()

    @property
    def left(self) -> list[int]:
        """The questions still to be asked, in order."""
        return [pk for pk in self._open if pk not in self.held]

    @property
    def waits(self) -> int:
        """How many would still be asked, were they not kept back."""
        return sum(pk in self.held for pk in self._open)

    @property
    def _open(self) -> list[int]:
        return to_ask([question.pk for question in self.questions], self.answers)

    @property
    def next(self) -> Question | None:
        return next((one for one in self.questions if one.pk == self.left[0]), None) if self.left else None

    @property
    def dots(self) -> list[str]:
        """A word a question: what its first answer was, that it is being asked, or that it waits."""
        return [self._dot(question.pk) for question in self.questions]

    @property
    def lines(self) -> list[tuple[Question, list[Review]]]:
        """What was answered, in the order of the round."""
        return [(one, self.answers[one.pk]) for one in self.questions if one.pk in self.answers]

    def _dot(self, pk: int) -> str:
        given = self.answers.get(pk)
        if pk in self.held:
            return "held"
        if self.left and pk == self.left[0]:
            return "now"
        if not given:
            return "open"
        return "right" if given[0].is_right else "again" if is_open(given) else "wrong"

    def note(self, question: Question, review: Review) -> None:
        """One more answer in this round."""
        self.answers.setdefault(question.pk, []).append(review)

    @property
    def right(self) -> int:
        """How many were right at the first go."""
        return sum(given[0].is_right for given in self.answers.values())


def todays(person: User, day: date, *, at: datetime) -> Round | None:
    """The practice of the day; the first look chooses it. None when nothing is due. At most four queries."""
    last = Sitting.objects.filter(person=person, day__lte=day).order_by("-day").first()
    if last is not None and last.day == day:
        return _going_on(last)
    waiting = waiting_cards(person, day)
    chosen = handful(waiting, day)
    if not chosen:
        return None
    sitting = _open(Sitting(person=person, day=day, cards=chosen, streak=streak(last, waiting, day), opened_at=at))
    return _round(sitting, {})


def waiting_cards(person: User, day: date) -> list[Waiting]:
    """What may be asked on the day: all that is due but what a quiz still keeps back."""
    rows = Card.objects.due(day).filter(person=person).exclude(question__in=withheld(person, at=clock.now()))
    return [Waiting(*row) for row in rows.order_by().values_list(*COLUMNS)]


def kept_back(person: User, day: date) -> int:
    """How many cards are due and wait for a quiz to be over."""
    return Card.objects.due(day).filter(person=person, question__in=withheld(person, at=clock.now())).count()


def streak(last: Sitting | None, waiting: Iterable[Waiting], day: date) -> int:
    """The days in a row before `day`: broken by a day on which something was due and not finished, by no other."""
    if last is None or last.finished_at is None:
        return 0
    earliest = min((card.due_on for card in waiting), default=day)
    missed = last.day < day - DAY and earliest < day
    return 0 if missed else last.days_in_a_row


def drilled(mine: DrillPerson) -> Round:
    """The person's way through a drill; three queries."""
    asked = mine.drill.questions.filter(question__status=Status.READY).select_related("question__current")
    given = _by_question(Review.objects.filter(drill=mine.drill_id, person=mine.person_id))
    rows = list(asked.annotate(waits=waits("question", mine.person_id)))
    held = frozenset(one.question_id for one in rows if one.waits)
    return Round([one.question for one in rows], given, drill=mine, held=held)


def _going_on(sitting: Sitting) -> Round:
    given = Review.objects.filter(person=sitting.person_id, day=sitting.day, card__in=sitting.cards)
    return _round(sitting, _by_question(given))


def _round(sitting: Sitting, given: dict[int, list[Review]]) -> Round:
    """What of the sitting there still is: without what was retired meanwhile."""
    cards = Card.objects.in_use().filter(pk__in=sitting.cards).select_related("question__current")
    rows: Any = cards.annotate(waits=waits("question", sitting.person_id))
    found = {card.pk: card for card in rows}
    there = [found[pk] for pk in sitting.cards if pk in found]
    held = frozenset(card.question_id for card in there if card.waits)
    return Round([card.question for card in there], given, sitting=sitting, held=held)


def waits(question: str, person: User | int) -> ExpressionWrapper[Any]:
    """Whether the question at that path is kept back from the person now."""
    held = Q(**{f"{question}__in": withheld(person, at=clock.now())})
    return ExpressionWrapper(held, output_field=BooleanField())


def _by_question(reviews: QuerySet[Review]) -> dict[int, list[Review]]:
    found: defaultdict[int, list[Review]] = defaultdict(list)
    for review in reviews.select_related("card").order_by("at", "pk"):
        found[review.card.question_id].append(review)
    return dict(found)


def _open(sitting: Sitting) -> Sitting:
    """Keep it, or give the one that another window has opened meanwhile."""
    values: list[Any] = [sitting.person_id, sitting.day, sitting.cards, sitting.streak, sitting.opened_at]
    with connection.cursor() as cursor:
        cursor.execute(OPEN, values)
        return Sitting.from_db("default", FIELDS, cursor.fetchone())
