"""Practice of the past, by the thousand: the same rows as a person's own answers make, day after day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from assessments.practice.actions import practise
from assessments.practice.choosing import Waiting, handful, is_open
from assessments.practice.models import Card, Grade, Review, Sitting
from assessments.practice.rounds import COLUMNS, streak
from assessments.questions.grading import NONE, fraction
from assessments.questions.types.base import FULL

BATCH, UPDATED = 2_000, 200  # an update of many has a branch a row
PLANNED = ("stability", "difficulty", "last_on", "due_on", "reps", "lapses", "terms")
# The answer somebody gives to a card on a day, as which one of that day.
Answer = Callable[[Card, date, int], Any]


@dataclass
class Diary:
    """What one person does; `answer` says what he or she answers."""

    cards: list[Card]
    answer: Answer
    reviews: list[Review] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)

    def practise(self, person: int, day: date, at: datetime) -> None:
        """Go through the day's handful; nothing when nothing is due."""
        waiting = [Waiting(*(getattr(card, name) for name in COLUMNS)) for card in self.cards if card.due_on <= day]
        chosen = handful(waiting, day)
        if not chosen:
            return
        last = self.sittings[-1] if self.sittings else None
        row = Sitting(person_id=person, day=day, cards=chosen, streak=streak(last, waiting, day), opened_at=at)
        by_pk = {card.pk: card for card in self.cards}
        for pk in chosen:
            at = self._answer(by_pk[pk], day, at)
        row.finished_at = at
        self.sittings.append(row)

    def _answer(self, card: Card, day: date, at: datetime) -> datetime:
        """Until it is right, or too often wrong."""
        made: list[Review] = []
        while is_open(made):
            at += timedelta(seconds=35)
            made.append(self._review(card, day, len(made) + 1, at))
        self.reviews += made
        return at

    def _review(self, card: Card, day: date, number: int, at: datetime) -> Review:
        version = card.question.current
        assert version is not None  # noqa: S101 - a question that was asked has one
        version.question = card.question  # known without another query
        answer = self.answer(card, day, number)
        earned = fraction(card.question.kind, version, answer) or NONE
        grade = Grade.RIGHT if earned == FULL else Grade.MISSED
        interval, predicted = practise(card, grade, day) if number == 1 else (None, None)
        facts = {"interval": interval, "predicted": predicted, "rating": grade, "fraction": earned, "seconds": 30}
        place = {"day": day, "number": number, "at": at, "answer": answer, "version": version}
        return Review(card=card, person_id=card.person_id, **place, **facts)


@transaction.atomic
def record_practice(days: Iterable[tuple[int, date, datetime]], answer: Answer) -> int:
    """Write what people practised, given as (person, day, moment of beginning) in the order of the days.

    Returns the number of answers.
    """
    planned = list(days)
    cards = _cards({person for person, _day, _at in planned})
    diaries = {person: Diary(found, answer) for person, found in cards.items()}
    for person, day, at in planned:
        if person in diaries:
            diaries[person].practise(person, day, at)
    reviews = [review for diary in diaries.values() for review in diary.reviews]
    moved = [card for diary in diaries.values() for card in diary.cards if card.reps]
    Card.objects.bulk_update(moved, PLANNED, batch_size=UPDATED)
    Review.objects.bulk_create(reviews, batch_size=BATCH)
    Sitting.objects.bulk_create((row for diary in diaries.values() for row in diary.sittings), batch_size=BATCH)
    return len(reviews)


def _cards(people: set[int]) -> dict[int, list[Card]]:
    found: defaultdict[int, list[Card]] = defaultdict(list)
    rows = Card.objects.in_use().filter(person__in=people).select_related("question__current")
    for card in rows.order_by("person", "pk"):
        found[card.person_id].append(card)
    return dict(found)
