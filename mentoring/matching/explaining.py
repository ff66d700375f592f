"""What is kept of a proposal, so that pages can say why without reckoning again: numbers and ids, no words."""

from typing import Any

import numpy as np

from mentoring.job_plans.models import Side
from mentoring.matching import parts
from mentoring.matching.facts import PARTS, Facts
from mentoring.matching.solving import Costs, Solution, Task

ALTERNATIVES = 3
DIGITS = 4


def proposal(facts: Facts, task: Task, row: int, column: int, nth: int) -> dict[str, Any]:
    """Each part of the score of a pair with its value (0 to 100), its weight in points and what it rests on."""
    mentee, mentor = facts.known.mentees[row], facts.known.mentors[column]
    rests_on = {
        "gaps": _gaps(facts, mentee, mentor),
        "load": {"guides": task.load[column], "nth": nth + 1, "capacity": task.capacity[column]},
        "wishes": _wishes(facts, mentee, mentor),
        "closeness": {"steps": _steps(facts, mentee, mentor)},
        "merit": _merit(facts, mentor),
    }
    found: dict[str, Any] = {
        name: {"value": value, "weight": round(facts.share(name), 2), **rests_on[name]}
        for name, value in _values(facts, task, row, column, nth).items()
    }
    return found | {"shared": _shared(facts, mentee, mentor), "against": facts.standing_between(row, column)}


def score(facts: Facts, task: Task, row: int, column: int, nth: int) -> float:
    """The points of a pair, 0 to 100, with those for the place."""
    return round(float(facts.scores[row, column]) + task.place_points(column, nth), DIGITS)


def _values(facts: Facts, task: Task, row: int, column: int, nth: int) -> dict[str, float]:
    """Each part from 0 to 100; that of the load tells how free the mentor is before the mentee comes."""
    free = parts.WHOLE * max(0.0, 1 - (task.load[column] + nth) / task.capacity[column])
    found = {name: free if name == "load" else float(getattr(facts.parts, name)[row, column]) for name in PARTS}
    return {name: round(value, 1) for name, value in found.items()}


def _gaps(facts: Facts, mentee: int, mentor: int) -> dict[str, Any]:
    """The gaps, the widest first: those that the mentor closes, and how many there are; None without a role profile."""
    gaps = facts.known.gaps.get(mentee)
    if gaps is None:
        return {"closed": [], "of": None}
    widest = sorted(gaps, key=lambda gap: -parts.missing(gap))
    closed = [gap.competency_id for gap in widest if parts.helps_with(facts.known, mentor, gap)]
    return {"closed": closed, "of": len(gaps)}


def _wishes(facts: Facts, mentee: int, mentor: int) -> dict[str, Any]:
    wishes = facts.known.wishes
    return {
        "mentee": wishes.get((mentee, mentor, str(Side.MENTEE))),
        "mentor": wishes.get((mentor, mentee, str(Side.MENTOR))),
    }


def _steps(facts: Facts, mentee: int, mentor: int) -> int:
    return parts.steps(facts.known.people[mentee].path, facts.known.people[mentor].path)


def _merit(facts: Facts, mentor: int) -> dict[str, Any]:
    guide = facts.known.guides.get(mentor)
    rating = None if guide is None or guide.rating is None else round(float(guide.rating), 1)
    return {"months": parts.months(facts.known, mentor), "rating": rating, "rated": guide.rated if guide else 0}


def _shared(facts: Facts, mentee: int, mentor: int) -> dict[str, list[str]]:
    """Usual shifts and languages that both have."""
    ours, theirs = (facts.known.people[pk] for pk in (mentee, mentor))
    return {
        "shifts": sorted(ours.shifts & theirs.shifts),
        "languages": sorted(ours.languages & theirs.languages),
    }


def left_over(facts: Facts, task: Task, row: int) -> dict[str, Any]:
    """Why somebody gets no mentor: by hand, nobody in the pool may be it, or all places of those who may are taken."""
    if row in task.fixed:
        return {"why": "by_hand"}
    if not facts.known.mentors:
        return {"why": "no_pool"}
    may = facts.allowed[row]
    if not may.any():
        failed = {str(code): int(stands[row].sum()) for code, stands in {**facts.hard, **facts.rules}.items()}
        return {"why": "rules", "pool": len(may), "failed": {code: n for code, n in failed.items() if n}}
    waiting = sum(kept is not None for kept in task.fixed.values()) + len(facts.known.mentees) - len(task.fixed)
    return {
        "why": "no_place",
        "possible": int(may.sum()),
        "places": sum(places for places, fits in zip(task.places, may, strict=True) if fits),
        "mentees": waiting,
        "of": sum(task.places),
    }


def alternatives(
    facts: Facts, task: Task, solution: Solution, prices: Costs, row: int, *, count: int | None = ALTERNATIVES
) -> list[dict[str, Any]]:
    """The other mentors whom the mentee could have, the cheapest first, with what each costs the whole."""
    people, points = prices.people[row], prices.points[row]
    now = solution.assigned[row]
    order = [int(column) for column in np.lexsort((-facts.scores[row], points, people))]
    possible = [column for column in order if column != now and not np.isnan(points[column])]
    return [
        {
            "mentor": facts.known.mentors[column],
            "points": round(float(points[column]), 2),
            "people": int(people[column]),
            "score": round(score(facts, task, row, column, _next_place(solution, task, column)), 1),
        }
        for column in possible[:count]
    ]


def _next_place(solution: Solution, task: Task, column: int) -> int:
    """The place that one more would have; the last one where somebody has to make room."""
    taken = solution.assigned.count(column)
    return max(0, min(taken, task.places[column] - 1))
