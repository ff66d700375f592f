"""How strong somebody is at a competency, from graded answers. Pure functions.

The rule: each answer to a question that proves the competency counts by the difficulty of the question (1 easy to
3 hard) and by its age: half after 180 days, a quarter after 360. The strength is the mean of what the answers earned,
so weighed, in percent. With fewer than five answers nothing is said.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

HALF_LIFE_DAYS = 180
FEWEST = 5
ENOUGH = 85.0  # from here on there is nothing more pressing to learn


@dataclass(frozen=True)
class Evidence:
    """One answer: `fraction` of the points, `difficulty` of the question, its age in days."""

    competency: int
    fraction: float
    difficulty: int
    days: float

    @property
    def weight(self) -> float:
        return float(self.difficulty * 0.5 ** (max(self.days, 0.0) / HALF_LIFE_DAYS))


@dataclass(frozen=True)
class Strength:
    """`percent` is None where too few answers are known."""

    percent: float | None
    answers: int

    @property
    def is_weak(self) -> bool:
        return self.percent is not None and self.percent < ENOUGH


def strengths(evidence: Iterable[Evidence]) -> dict[int, Strength]:
    """By competency. Where certainty cost points, an answer earned nothing at the least."""
    earned: defaultdict[int, float] = defaultdict(float)
    weights: defaultdict[int, float] = defaultdict(float)
    answers: defaultdict[int, int] = defaultdict(int)
    for one in evidence:
        earned[one.competency] += one.weight * max(one.fraction, 0.0)
        weights[one.competency] += one.weight
        answers[one.competency] += 1
    return {
        key: Strength(round(100 * earned[key] / weights[key], 1) if n >= FEWEST else None, n)
        for key, n in answers.items()
    }
