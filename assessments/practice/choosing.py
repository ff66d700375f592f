"""Which cards a day's practice asks, and in which order. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from django.conf import settings

from assessments.practice.scheduling import retrievability

MOST_TRIES = 3  # answers a day to one question: after two wrong ones more, it comes another day


class Waiting(NamedTuple):
    """A card as choosing sees it; one that was never practised (`reps` is 0) is new."""

    pk: int
    reps: int
    missed_on: date | None
    stability: float
    last_on: date
    due_on: date


class Answered(Protocol):
    """An answer as the order of a round sees it."""

    @property
    def is_right(self) -> bool: ...


def handful(cards: Iterable[Waiting], day: date) -> list[int]:
    """The cards of a day: what is due, most likely forgotten first, then new ones, those that were missed first."""
    due = sorted((card for card in cards if card.due_on <= day), key=lambda card: _urgency(card, day))
    known = [card.pk for card in due if card.reps]
    new = [card.pk for card in due if not card.reps]
    return [*known, *new[: settings.PRACTICE_NEW]][: settings.PRACTICE_QUESTIONS]


def _urgency(card: Waiting, day: date) -> tuple[bool, float, int]:
    never_missed = not card.reps and card.missed_on is None
    return never_missed, retrievability(card.stability, card.last_on, day), card.pk


def to_ask(keys: Sequence[int], answers: Mapping[int, Sequence[Answered]]) -> list[int]:
    """What is still to be asked in a round, in order: what was not asked yet, then once more what was wrong.

    `answers` holds those of each key, the earliest first.
    """
    fresh = [key for key in keys if not answers.get(key)]
    again = [key for key in keys if is_open(answers.get(key, ())) and answers.get(key)]
    return [*fresh, *sorted(again, key=lambda key: len(answers[key]))]


def is_open(answers: Sequence[Answered]) -> bool:
    """Whether a question is asked (again): not yet right, and not yet too often wrong."""
    return len(answers) < MOST_TRIES and not any(answer.is_right for answer in answers)
