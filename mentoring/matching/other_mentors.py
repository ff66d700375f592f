"""Every mentor of the pool for one mentee: what speaks for it, what it costs the whole, or why it may not be."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from mentoring.matching import explaining, reasons
from mentoring.matching.actions import competency_names
from mentoring.matching.models import Match
from mentoring.matching.settling import Reckoned, reckon
from mentoring.matching.showing import Choice, choice_of
from mentoring.matching.solving import costs
from trainingsite.people.models import User


@dataclass(frozen=True)
class Other:
    """A mentor for the mentee; without a `choice` it cannot be. `against` are the rules that it would break."""

    mentor: User
    said: list[str]
    choice: Choice | None
    against: list[str]
    is_now: bool


def others(match: Match, *, on: date) -> list[Other]:
    """Those who can be chosen, the cheapest first; then those who cannot, by name. Reckons the whole round."""
    found = reckon(match.round, on=on)
    row = next(n for n, other in enumerate(found.matches) if other.pk == match.pk)
    prices = costs(found.task, found.solution, ~found.facts.impossible)
    choices = {
        choice["mentor"]: choice
        for choice in explaining.alternatives(found.facts, found.task, found.solution, prices, row, count=None)
    }
    mentors = User.objects.select_related("department").in_bulk(found.facts.known.mentors)
    parts = {
        pk: explaining.proposal(found.facts, found.task, row, column, _nth(found, row, column))
        for column, pk in enumerate(found.facts.known.mentors)
    }
    names, now = competency_names(list(parts.values())), _now(found, row)
    return [
        Other(
            mentor=mentors[pk],
            said=reasons.said(parts[pk], names),
            choice=choice_of(choices[pk], mentors[pk]) if pk in choices else None,
            against=_against(parts[pk]["against"], full=pk not in choices and pk != now),
            is_now=pk == now,
        )
        for pk in dict.fromkeys(pk for pk in (now, *choices, *parts) if pk is not None)
    ]


def _now(found: Reckoned, row: int) -> int | None:
    """The mentor whom the round proposes."""
    column = found.solution.assigned[row]
    return None if column is None else found.facts.known.mentors[column]


def _nth(found: Reckoned, row: int, column: int) -> int:
    """The place that the mentee has, or would have."""
    if found.solution.assigned[row] == column:
        return found.solution.nth[row]
    taken = int(np.sum([mentor == column for mentor in found.solution.assigned]))
    return max(0, min(taken, found.task.places[column] - 1))


def _against(codes: list[str], *, full: bool) -> list[str]:
    """What stands between the two; when nothing else does, all places are given by hand."""
    return [reasons.barrier(code) for code in codes] or ([reasons.barrier("mentor_full")] if full else [])
