"""What holds for one person at one quiz: the quiz's settings, and what was granted on top.

The person's own override wins, setting by setting. Where the own one says nothing and several groups of the person say
something, the kindest value wins (KINDEST). What nobody overrides is the quiz's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce

from assessments.overrides.models import SETTINGS, Override
from assessments.quizzes.models import Quiz

# Which of two values is kinder: the longer time, the earlier opening, the later closing, more tries, the shorter pause.
KINDEST: Mapping[str, Callable[[Iterable[Any]], Any]] = {
    "extra_minutes": max,
    "opens_at": min,
    "closes_at": max,
    "max_attempts": max,
    "cooldown_minutes": min,
}


@dataclass(frozen=True)
class Terms:
    """When and how often somebody may try; without a value there is no limit."""

    opens_at: datetime | None
    closes_at: datetime | None
    time_limit_minutes: int | None
    max_attempts: int | None
    cooldown_minutes: int


@dataclass(frozen=True)
class Grant:
    """What an override changes; None leaves a setting as it is."""

    extra_minutes: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    max_attempts: int | None = None
    cooldown_minutes: int | None = None


Granting = Grant | Override


def merged(own: Granting | None, groups: Sequence[Granting]) -> Grant:
    """What holds of the own override and those of the groups."""
    return Grant(**{name: _value(name, own, groups) for name in SETTINGS})


def _value(name: str, own: Granting | None, groups: Sequence[Granting]) -> Any:
    mine = getattr(own, name, None)
    if mine is not None:
        return mine
    given = [value for group in groups if (value := getattr(group, name)) is not None]
    return KINDEST[name](given) if given else None


def applied(quiz: Quiz, grant: Granting) -> Terms:
    """The quiz's settings with the grant; a quiz without a time limit needs no extra time."""
    limit = quiz.time_limit_minutes
    return Terms(
        opens_at=grant.opens_at or quiz.opens_at,
        closes_at=grant.closes_at or quiz.closes_at,
        time_limit_minutes=None if limit is None else limit + (grant.extra_minutes or 0),
        max_attempts=quiz.max_attempts if grant.max_attempts is None else grant.max_attempts,
        cooldown_minutes=quiz.cooldown_minutes if grant.cooldown_minutes is None else grant.cooldown_minutes,
    )


def terms_for(quiz: Quiz, person_id: int, *, at: datetime) -> Terms:
    """What holds for the person at the moment, in one query."""
    return terms_of(quiz, [person_id], at=at)[person_id]


def terms_of(quiz: Quiz, people: Iterable[int], *, at: datetime) -> dict[int, Terms]:
    """What holds for each of the people at the moment, in one query."""
    wanted = list(people)
    found = _terms([quiz], wanted, at)
    return {pk: found[quiz.pk, pk] for pk in wanted}


def terms_at(quizzes: Iterable[Quiz], person_id: int, *, at: datetime) -> dict[int, Terms]:
    """What holds for the person at each of the quizzes, by quiz, in one query."""
    wanted = {quiz.pk: quiz for quiz in quizzes}
    found = _terms(list(wanted.values()), [person_id], at)
    return {pk: found[pk, person_id] for pk in wanted}


def _terms(quizzes: Sequence[Quiz], people: Sequence[int], at: datetime) -> dict[tuple[int, int], Terms]:
    """By quiz and person."""
    own: dict[tuple[int, int], Override] = {}
    groups: defaultdict[tuple[int, int], list[Override]] = defaultdict(list)
    for override in _standing(quizzes, people, at):
        if override.person_id:
            own[override.quiz_id, override.person_id] = override
        else:
            groups[override.quiz_id, override.whose].append(override)
    keys = ((quiz, (quiz.pk, person)) for quiz in quizzes for person in people)
    return {key: applied(quiz, merged(own.get(key), groups[key])) for quiz, key in keys}


def _standing(quizzes: Sequence[Quiz], people: Sequence[int], at: datetime) -> Iterable[Any]:
    """The overrides that hold, one row for each of the people whom it concerns (`whose`)."""
    present = FilteredRelation(
        "audience__members", condition=Q(audience__members__until=None, audience__members__person__in=people)
    )
    rows = Override.objects.standing(at).filter(quiz__in=quizzes).annotate(present=present)
    return rows.annotate(whose=Coalesce(F("person_id"), F("present__person_id"))).filter(whose__in=people)
