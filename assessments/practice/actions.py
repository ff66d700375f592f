"""Answering in practice: what it earns, when the question comes again, and when the round is over."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.practice.models import Card, DrillPerson, Grade, Review
from assessments.practice.rounds import Round, drilled, todays
from assessments.practice.scheduling import Memory, after, due_day, retrievability, terms
from assessments.questions.grading import fraction
from assessments.questions.models import Question, QuestionVersion
from assessments.questions.types.base import FULL
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST_SECONDS = 900  # whoever takes longer was away


@dataclass(frozen=True)
class Given:
    """An answer as it comes: to which version, as which one of the day, and how long it took."""

    version: QuestionVersion
    answer: Any
    number: int = 1
    seconds: int | None = None


class Taken(NamedTuple):
    """The answer that is kept, and whether it is this one or one that was there before."""

    review: Review
    fresh: bool


@transaction.atomic
def answer(person: User, given: Given, *, day: date, at: datetime, drill: int | None = None) -> Taken:
    """Take the person's answer to a question of today's practice, or of the drill.

    The same number again gives the answer that was taken first, whatever comes with the repeat. Raises
    DrillPerson.DoesNotExist when the drill is none of the person's.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)  # one answer of a person at a time
    question = given.version.question
    made = list(Review.objects.filter(card__person=person, card__question=question, day=day).order_by("number"))
    if given.number <= len(made):
        return Taken(made[given.number - 1], fresh=False)
    current = the_round(person, day, at=at, drill=drill)
    if current is None or question.pk not in current.left:
        raise Refused(_("This question is not asked at present; nothing was changed."), code="not_asked")
    review = _keep(person, given, len(made) + 1, current, day=day, at=at)
    current.note(question, review)
    finish(current, at=at)
    return Taken(review, fresh=True)


def the_round(person: User, day: date, *, at: datetime, drill: int | None = None) -> Round | None:
    """Today's practice, or the drill; raises DrillPerson.DoesNotExist when it is none of the person's."""
    if drill is None:
        return todays(person, day, at=at)
    return drilled(DrillPerson.objects.select_related("drill").get(drill=drill, person=person))


def finish(current: Round, *, at: datetime) -> None:
    """Close the round when nothing of it is left to ask; a repeat changes nothing.

    A drill stays open for questions that still wait for their quiz; a day is done without them.
    """
    if current.left or (current.drill and current.waits):
        return
    if current.sitting and current.sitting.finished_at is None:
        current.sitting.finished_at = at
        current.sitting.save(update_fields=["finished_at"])
    if current.drill and current.drill.done_at is None:
        current.drill.done_at, current.drill.right = at, current.right
        current.drill.save(update_fields=["done_at", "right"])


def practise(card: Card, grade: int, day: date) -> tuple[int | None, float | None]:
    """Note an answer that counts; gives the days since the one before, and the chance that was predicted."""
    memory = memory_of(card)
    interval = predicted = None
    if memory:
        interval = max((day - memory.last_on).days, 0)
        predicted = retrievability(memory.stability, memory.last_on, day)
    plan(card, after(memory, grade, day))
    card.reps += 1
    card.lapses += grade == Grade.MISSED
    return interval, predicted


def plan(card: Card, memory: Memory) -> None:
    """Take the memory over, and with it the day on which the card comes again."""
    card.stability, card.difficulty, card.last_on = memory.stability, memory.difficulty, memory.last_on
    card.due_on, card.terms = due_day(memory, card.missed_on), terms()


def memory_of(card: Card) -> Memory | None:
    """None for a card that was never answered."""
    return Memory(card.stability, card.difficulty, card.last_on, card.due_on) if card.last_on else None


def _keep(person: User, given: Given, number: int, current: Round, *, day: date, at: datetime) -> Review:
    """The first answer of the day moves the card; one asked in a drill alone has its card made."""
    earned = _earned(given)
    grade = Grade.RIGHT if earned == FULL else Grade.MISSED
    card = _card(person, given.version.question, day)
    interval, predicted = practise(card, grade, day) if number == 1 else (None, None)
    card.save()
    return Review.objects.create(
        card=card,
        person=person,
        drill_id=current.drill.drill_id if current.drill else None,
        version=given.version,
        day=day,
        number=number,
        at=at,
        answer=given.answer,
        fraction=earned,
        rating=grade,
        interval=interval,
        predicted=predicted,
        seconds=given.seconds if given.seconds is None else min(given.seconds, LONGEST_SECONDS),
    )


def _card(person: User, question: Question, day: date) -> Card:
    """The person's card, held; a new one where there is none."""
    held = Card.objects.select_for_update(no_key=True).filter(person=person, question=question).first()
    return held or Card(person=person, question=question, began_on=day)


def _earned(given: Given) -> Decimal:
    if given.answer is None:
        raise Refused(_("Answer the question first."), field="answer", code="no_answer")
    earned = fraction(given.version.question.kind, given.version, given.answer)
    if earned is None:
        raise Refused(_("People mark this question; it can't be practised."), code="not_graded")
    return earned
