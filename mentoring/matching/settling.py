"""Solve a round and write what came of it into its matches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mentoring.matching import explaining
from mentoring.matching.facts import Facts, gather
from mentoring.matching.models import Match, MatchingRound
from mentoring.matching.reasons import barrier
from mentoring.matching.solving import Costs, Solution, Task, costs, solve
from trainingsite.core import clock
from trainingsite.core.display import listed

WRITTEN = ("mentor_id", "is_fixed", "score", "parts", "reason", "problem")


@dataclass(frozen=True)
class Reckoned:
    """A round with its matches in the order of the rows, what it is decided by and what came of it."""

    matches: tuple[Match, ...]
    facts: Facts
    task: Task
    solution: Solution
    prices: Costs
    loosened: dict[int, str]  # row → why a pair that was fixed could not stay


def facts_of(matching: MatchingRound, mentees: Sequence[int], mentors: Sequence[int], *, on: date) -> Facts:
    """What is known for the day on which the pairings would begin."""
    return gather(mentees, mentors, matching, on=max(matching.starts_on, on))


def reckon(matching: MatchingRound, *, on: date, fresh: Sequence[Match] = ()) -> Reckoned:
    """Load, solve and price; nothing is written. `fresh` are the matches of a round that has none yet."""
    matches = tuple(fresh or matching.matches.order_by("pk"))
    pool = list(matching.pool.order_by("mentor__sort_key", "mentor_id").values_list("mentor_id", "places"))
    facts = facts_of(matching, [match.mentee_id for match in matches], [pk for pk, _places in pool], on=on)
    places = [number for _pk, number in pool]
    fixed, loosened = _fixed(matches, facts, facts.task(places, {}).places)
    task = facts.task(places, fixed)
    solution = solve(task)
    return Reckoned(matches, facts, task, solution, costs(task, solution), loosened)


def _fixed(
    matches: Sequence[Match], facts: Facts, places: Sequence[int]
) -> tuple[dict[int, int | None], dict[int, str]]:
    """The pairs that stay, and why others cannot any more: the mentor is out, may not be it, or has no place left."""
    columns = {pk: column for column, pk in enumerate(facts.known.mentors)}
    fixed: dict[int, int | None] = {}
    loosened: dict[int, str] = {}
    for row, match in enumerate(matches):
        if not match.is_fixed:
            continue
        column = columns.get(match.mentor_id) if match.mentor_id else None
        if match.mentor_id and (why := _why_not(facts, row, column, places, list(fixed.values()))):
            loosened[row] = why
        else:
            fixed[row] = column
    return fixed, loosened


def _why_not(facts: Facts, row: int, column: int | None, places: Sequence[int], kept: list[int | None]) -> str:
    if column is None:
        return _("not in the pool any more")
    if facts.impossible[row, column]:
        return listed(barrier(code) for code in facts.hard if facts.hard[code][row, column])
    return barrier("mentor_full") if kept.count(column) >= places[column] else ""


def settle(matching: MatchingRound, *, on: date, fresh: Sequence[Match] = ()) -> MatchingRound:
    """Solve the locked round and write the matches that changed, or that are `fresh`."""
    found = reckon(matching, on=on, fresh=fresh)
    changed = []
    for row, match in enumerate(found.matches):
        before = [getattr(match, name) for name in WRITTEN]
        _write(match, found, row)
        if fresh or before != [getattr(match, name) for name in WRITTEN]:
            changed.append(match)
    save(changed)
    free = found.task if not found.task.fixed else found.facts.task(found.task.places, {})
    best = found.solution.total if not found.task.fixed else solve(free).total
    matching.best, matching.solved_at = _decimal(best), clock.now()
    matching.save(update_fields=["best", "solved_at"])
    return matching


def save(matches: Sequence[Match]) -> None:
    """Write new rows and old ones in one statement, which is far faster than an update of many rows by cases."""
    fields = ["mentor", *[name for name in WRITTEN if name != "mentor_id"], "pairing"]
    Match.objects.bulk_create(matches, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _write(match: Match, found: Reckoned, row: int) -> None:
    column = found.solution.assigned[row]
    match.is_fixed = row in found.task.fixed
    match.problem = ""
    if row in found.loosened:
        match.problem = _("No longer as fixed by hand: %(why)s.") % {"why": found.loosened[row]}
    other: dict[str, Any] = {
        "alternatives": explaining.alternatives(found.facts, found.task, found.solution, found.prices, row)
    }
    if column is None:
        match.mentor_id, match.score, match.parts = None, None, other
        match.reason = explaining.left_over(found.facts, found.task, row)
        return
    nth = found.solution.nth[row]
    match.mentor_id = found.facts.known.mentors[column]
    match.score = _decimal(explaining.score(found.facts, found.task, row, column, nth))
    match.parts = explaining.proposal(found.facts, found.task, row, column, nth) | other
    match.reason = {}


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, explaining.DIGITS))).quantize(Decimal("0.0001"))
