"""Who gets which mentor: the best way to share out places, and what every other choice would cost. Pure reckoning.

As many people as possible get a mentor; among the ways to do so the one with the highest total of points is taken. The
points of even load sink from one place of a mentor to the next, so that repeating a mentor's column once for each place
loses nothing: the best solution fills the best places first by itself.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Points = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Task:
    """`scores` are the points of each mentee (row) with each mentor (column), all but those for even load.

    `allowed` says which pairs may be; `fixed` pairs stay whatever is allowed, and who is fixed to None gets nobody.
    """

    scores: Points
    allowed: Flags
    places: Sequence[int]
    load: Sequence[int]
    capacity: Sequence[int]
    load_weight: float
    fixed: Mapping[int, int | None] = field(default_factory=dict)

    def place_points(self, mentor: int, nth: int) -> float:
        """What the mentor's `nth` place (from 0) gives: the share of the capacity that is free before it is taken."""
        free = 1 - (self.load[mentor] + nth) / self.capacity[mentor]
        return self.load_weight * max(free, 0.0)

    @property
    def kept(self) -> Counter[int]:
        """How many places of each mentor the fixed pairs take."""
        return Counter(mentor for mentor in self.fixed.values() if mentor is not None)

    @property
    def bonus(self) -> float:
        """What getting anybody at all is worth: more than all points together."""
        most = float(np.abs(self.scores).max(initial=0.0)) + self.load_weight
        return 4 * (len(self.scores) + 1) * (most + 1)


@dataclass(frozen=True)
class Solution:
    """The mentor of each mentee (or None), which place of the mentor it is (from 0), and the total of points."""

    assigned: tuple[int | None, ...]
    nth: tuple[int, ...]
    total: float


def solve(task: Task) -> Solution:
    """The best solution. Raises ValueError when more pairs are fixed to a mentor than there are places."""
    kept = task.kept
    if any(number > task.places[mentor] for mentor, number in kept.items()):
        raise ValueError("more pairs are fixed to a mentor than there are places")
    free = [row for row in range(len(task.scores)) if row not in task.fixed]
    columns = [(mentor, nth) for mentor, n in enumerate(task.places) for nth in range(kept[mentor], n)]
    assigned: list[int | None] = [task.fixed.get(row) for row in range(len(task.scores))]
    for row, column in _pairs(task, free, columns):
        assigned[row] = columns[column][0]
    return _numbered(task, assigned)


def _pairs(task: Task, rows: list[int], columns: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Rows and the columns they get; a pair that may not be gives nothing, so that it stands for having nobody."""
    if not rows or not columns:
        return []
    mentors = [mentor for mentor, _nth in columns]
    grid = np.ix_(rows, mentors)
    points = task.scores[grid] + np.array([task.place_points(*column) for column in columns]) + task.bonus
    chosen = linear_sum_assignment(np.where(task.allowed[grid], points, 0.0), maximize=True)
    found = ((rows[int(row)], int(column)) for row, column in zip(*chosen, strict=True))
    return [(row, column) for row, column in found if task.allowed[row, mentors[column]]]


def _numbered(task: Task, assigned: list[int | None]) -> Solution:
    """Fixed pairs have a mentor's first places, the others follow in the order of the rows."""
    taken: Counter[int] = Counter()
    nth = [0] * len(assigned)
    total = 0.0
    for row in sorted(range(len(assigned)), key=lambda row: (row not in task.fixed, row)):
        if (mentor := assigned[row]) is not None:
            nth[row] = taken[mentor]
            total += float(task.scores[row, mentor]) + task.place_points(mentor, taken[mentor])
            taken[mentor] += 1
    return Solution(tuple(assigned), tuple(nth), total)


@dataclass(frozen=True)
class Costs:
    """For each mentee (row) and mentor (column): what is lost when the two are paired and all others solved anew.

    `people` is how many more would be left over, `points` the drop of the total; nan where the two cannot be paired.
    """

    people: Points
    points: Points


def costs(task: Task, solution: Solution, priced: Flags | None = None) -> Costs:
    """What each pair would cost, exactly, without solving for each of them; `priced` are the pairs asked about.

    They are those that may be, unless somebody asks what breaking a rule by hand would cost.

    To pair two, somebody else must make room, or take another place, in a chain that ends where the mentee was: the
    cheapest chain is a shortest path from mentor to mentor. In the best solution no chain gains by going in a circle.
    """
    gains = _gains(task)
    nobody = gains.shape[1] - 1
    now = np.array([nobody if mentor is None else mentor for mentor in solution.assigned], dtype=np.intp)
    paths = _shortest(_arcs(task, gains, now))
    rows = np.arange(len(now))
    lost = gains[rows, now][:, None] - (task.scores + task.bonus) + paths[:nobody, :][:, now].T
    lost[rows[now < nobody], now[now < nobody]] = 0.0
    lost = np.where(np.isfinite(lost) & (task.allowed if priced is None else priced), lost, np.nan)
    people = np.round(lost / task.bonus)
    return Costs(people, np.round(lost - people * task.bonus, 6))


def _gains(task: Task) -> Points:
    """What each pair gives beside the place; the last column is having nobody. Only fixed pairs may break the rules."""
    gains = np.where(task.allowed, task.scores + task.bonus, -np.inf)
    for row, mentor in task.fixed.items():
        if mentor is not None:
            gains[row, mentor] = task.scores[row, mentor] + task.bonus
    return np.hstack([gains, np.zeros((len(gains), 1))])


def _arcs(task: Task, gains: Points, now: NDArray[np.intp]) -> Points:
    """What it costs at least when one person goes from a mentor to another; the last two are nobody and the places.

    An arc to the places is one more place taken there, an arc from them one place given back.
    """
    nobody, places = gains.shape[1] - 1, gains.shape[1]
    arcs = np.full((places + 1, places + 1), np.inf)
    free = np.array([row for row in range(len(now)) if row not in task.fixed], dtype=np.intp)
    moves = gains[free, now[free]][:, None] - gains[free]
    np.minimum.at(arcs[:, :places], now[free], moves)
    taken = np.bincount(now, minlength=places)
    for mentor, number in enumerate(task.places):
        if taken[mentor] < number:
            arcs[mentor, places] = -task.place_points(mentor, int(taken[mentor]))
        if taken[mentor]:
            arcs[places, mentor] = task.place_points(mentor, int(taken[mentor]) - 1)
    arcs[nobody, places] = 0.0
    if taken[nobody]:
        arcs[places, nobody] = 0.0
    np.fill_diagonal(arcs, 0.0)
    return arcs


def _shortest(arcs: Points) -> Points:
    """Floyd and Warshall's shortest paths between all nodes."""
    paths = arcs.copy()
    for via in range(len(paths)):
        np.minimum(paths, paths[:, via, None] + paths[None, via, :], out=paths)
    return paths
