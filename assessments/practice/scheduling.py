"""When a card comes again, by FSRS (py-fsrs). Pure functions.

FSRS counts whole days between moments; here each answer stands at midnight of its day, so that nine in the morning and
eight the next morning are a day apart. No learning steps within a day: the first answer of a day schedules, once.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

import fsrs
from django.conf import settings

DAY = timedelta(days=1)
LONGEST_DAYS = 365
NAME = 12


class Memory(NamedTuple):
    """What is known of a card after its last answer that counted, and the day it is planned for."""

    stability: float
    difficulty: float
    last_on: date
    due_on: date


def terms() -> str:
    """The name of the terms that cards are scheduled by now; it changes when they do."""
    return _terms(settings.PRACTICE_RETENTION)


def after(memory: Memory | None, grade: int, on: date) -> Memory:
    """The memory after an answer; None was never answered before."""
    on = max(on, memory.last_on) if memory else on
    card, _log = _scheduler(settings.PRACTICE_RETENTION).review_card(_card(memory), fsrs.Rating(grade), _moment(on))
    assert card.stability is not None and card.difficulty is not None  # noqa: S101, PT018 - after an answer they are
    return Memory(card.stability, card.difficulty, on, card.due.date())


def replay(answers: Iterable[tuple[date, int]]) -> Memory:
    """The memory after these answers, each a day and a grade, from the first to the last; there is at least one."""
    memory = None
    for on, grade in answers:
        memory = after(memory, grade, on)
    if memory is None:
        raise ValueError("a card without an answer")
    return memory


def retrievability(stability: float, last_on: date, on: date) -> float:
    """The chance that the person still knows it on that day, 0 to 1."""
    card = fsrs.Card(
        card_id=0, state=fsrs.State.Review, stability=stability, due=_moment(on), last_review=_moment(last_on)
    )
    return float(_scheduler(settings.PRACTICE_RETENTION).get_card_retrievability(card, _moment(on)))


def due_day(memory: Memory, missed_on: date | None) -> date:
    """A graded attempt that missed the question since it was last answered asks for it the day after."""
    return missed_on + DAY if missed_on and missed_on >= memory.last_on else memory.due_on


@cache
def _scheduler(retention: float) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


@cache
def _terms(retention: float) -> str:
    return hashlib.sha256(_scheduler(retention).to_json().encode()).hexdigest()[:NAME]


def _card(memory: Memory | None) -> fsrs.Card:
    """A card of the library; with an id, since without one it waits for a new millisecond."""
    if memory is None:
        return fsrs.Card(card_id=0, due=_moment(date.min))
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_moment(memory.due_on),
        last_review=_moment(memory.last_on),
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
