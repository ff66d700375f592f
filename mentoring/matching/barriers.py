"""What stands between a mentee and a mentor, for all pairs at once.

The problems of `mentoring.pairings.checks` count always; the rules of a round besides, unless HR pairs two by hand.
"""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import Any

import numpy as np

from mentoring.matching.loading import Known
from mentoring.matching.models import Criteria, DepartmentRule, PastRule
from mentoring.matching.solving import Flags
from mentoring.pairings.checks import PairingProblem


class RoundProblem(StrEnum):
    """The rules that a round sets."""

    DEPARTMENT = "department"
    PAIRED_BEFORE = "paired_before"
    NO_SHARED_SHIFT = "no_shared_shift"
    NO_SHARED_LANGUAGE = "no_shared_language"


Barriers = dict[str, Flags]  # code → mentees × mentors


def hard(known: Known) -> Barriers:
    """What the acts of pairing would refuse."""
    guides, people = known.guides, known.people
    full = {pk for pk, guide in guides.items() if guide.load >= guide.capacity}
    uncertified = {p.pk for p in people.values() if not p.is_certified}
    away = {p.pk for p in people.values() if p.is_away}
    apart = {(mentee, mentor) for one, other in known.apart for mentee, mentor in ((one, other), (other, one))}
    return {
        PairingProblem.OWN_MENTOR: _pairs(known, ((pk, pk) for pk in known.mentees)),
        PairingProblem.MENTEE_NOT_EMPLOYED: _rows(known, {p.pk for p in people.values() if not p.is_employed}),
        PairingProblem.NOT_A_MENTOR: _columns(known, set(known.mentors) - guides.keys()),
        PairingProblem.HAS_MENTOR: _rows(known, known.guided),
        PairingProblem.OVERLAPS: _rows(known, known.overlapping),
        PairingProblem.FULL: _columns(known, full),
        PairingProblem.LINE_MANAGER: _pairs(known, known.leaders),
        PairingProblem.KEPT_APART: _pairs(known, apart),
        PairingProblem.NO_CERTIFICATE: _columns(known, uncertified),
        PairingProblem.AWAY: _columns(known, away),
    }


def of_round(known: Known, criteria: Criteria) -> Barriers:
    """What the rules of the round forbid; a shift or a language that is not known forbids nothing."""
    found: Barriers = {}
    if criteria.departments != DepartmentRule.ANY:
        same = _where(known, _is_same, lambda pk: known.people[pk].department)
        found[RoundProblem.DEPARTMENT] = ~same if criteria.departments == DepartmentRule.SAME else same
    if criteria.past_pairings == PastRule.AVOID:
        found[RoundProblem.PAIRED_BEFORE] = _pairs(known, known.past)
    if criteria.shared_shift:
        found[RoundProblem.NO_SHARED_SHIFT] = _where(known, _disjoint, lambda pk: known.people[pk].shifts)
    if criteria.shared_language:
        found[RoundProblem.NO_SHARED_LANGUAGE] = _where(known, _disjoint, lambda pk: known.people[pk].languages)
    return found


def any_of(known: Known, barriers: Iterable[Flags]) -> Flags:
    """Where at least one of them stands."""
    together = _none(known)
    for barrier in barriers:
        together = together | barrier
    return together


def _is_same(one: int | None, other: int | None) -> bool:
    return one is not None and one == other


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _none(known: Known) -> Flags:
    return np.zeros((len(known.mentees), len(known.mentors)), dtype=np.bool_)


def _rows(known: Known, people: Collection[int]) -> Flags:
    return _none(known) | np.array([pk in people for pk in known.mentees], dtype=np.bool_)[:, None]


def _columns(known: Known, people: Collection[int]) -> Flags:
    return _none(known) | np.array([pk in people for pk in known.mentors], dtype=np.bool_)[None, :]


def _pairs(known: Known, pairs: Iterable[tuple[int, int]]) -> Flags:
    rows = {pk: row for row, pk in enumerate(known.mentees)}
    columns = {pk: column for column, pk in enumerate(known.mentors)}
    found = _none(known)
    for mentee, mentor in pairs:
        if mentee in rows and mentor in columns:
            found[rows[mentee], columns[mentor]] = True
    return found


def _where(known: Known, holds: Callable[[Any, Any], bool], of: Callable[[int], Any]) -> Flags:
    """Where it holds for what `of` gives of the mentee and of the mentor; asked once for each two values."""
    rows, columns = [of(pk) for pk in known.mentees], [of(pk) for pk in known.mentors]
    answers = {(one, other): holds(one, other) for one in set(rows) for other in set(columns)}
    found = [[answers[one, other] for other in columns] for one in rows]
    return np.array(found, dtype=np.bool_).reshape(len(rows), len(columns))
