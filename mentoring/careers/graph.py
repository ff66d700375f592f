"""The graph of careers as a page draws it: boxes of jobs, arrows of steps, and the same as a list by level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mentoring.careers.layout import Layout, lay_out
from mentoring.careers.loops import Arrow, Place
from mentoring.careers.models import CareerStep
from trainingsite.people.models import Position

WIDE, HIGH = 168, 60  # a box
COLUMN, ROW = 196, 116  # from one box to the next
MARGIN = 20
LONGEST = 22  # letters of a name; a Chinese character is as wide as two
Point = tuple[int, int]


@dataclass(frozen=True)
class Job:
    """A box: a position at a grade; `people` hold it now, None when that is not told."""

    position: Position
    grade: str
    x: int
    y: int
    people: int | None = None
    is_mine: bool = False
    steps: list[CareerStep] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.position)

    @property
    def short(self) -> str:
        """What of the name fits into the box."""
        taken = 0
        for index, letter in enumerate(self.name):
            taken += 2 if letter > "\u2e80" else 1
            if taken > LONGEST:
                return self.name[: index - 1] + "…"
        return self.name

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2


@dataclass(frozen=True)
class Drawn:
    """An arrow: the path of its line, and where its button is. Without a step: that the jobs overlap."""

    path: str
    x: int
    y: int
    step: CareerStep | None = None
    asks: int = 0


@dataclass(frozen=True)
class Graph:
    """`levels` from the lowest on."""

    levels: list[list[Job]]
    arrows: list[Drawn]
    width: int
    height: int

    @property
    def jobs(self) -> list[Job]:
        return [job for level in self.levels for job in level]

    @property
    def levels_from_top(self) -> list[tuple[int, list[Job]]]:
        return list(enumerate(self.levels, start=1))[::-1]


def draw(steps: Sequence[CareerStep], *, people: Mapping[Place, int] | None = None, mine: Place | None = None) -> Graph:
    """The graph of the steps, from `whole()`; `people` is how many hold each position at each grade."""
    positions = {p.pk: p for step in steps for p in (step.from_position, step.to_position)}
    places = list(dict.fromkeys(place for step in steps for place in Arrow.of(step)))
    arrows = [Arrow.of(step) for step in steps]
    edges = dict.fromkeys([*((arrow.begin, arrow.end) for arrow in arrows), *_overlaps(arrows)])
    layout = lay_out(places, list(edges))
    jobs = {place: _job(place, positions, layout, people, mine) for place in places}
    for step in steps:
        jobs[Arrow.of(step).begin].steps.append(step)
    return Graph(
        levels=[[jobs[place] for place in layer] for layer in layout.layers],
        arrows=[*_links(steps, jobs, layout), *_arrows(steps, jobs, layout)],
        width=2 * MARGIN + _place(layout.wide) + WIDE,
        height=2 * MARGIN + max(len(layout.layers) - 1, 0) * ROW + HIGH,
    )


def _overlaps(arrows: Sequence[Arrow]) -> list[tuple[Place, Place]]:
    """Where one may go on from another box: from the job at one grade to the same at every grade, or back."""
    ends = dict.fromkeys(arrow.end for arrow in arrows)
    begins = dict.fromkeys(arrow.begin for arrow in arrows)
    return [(end, begin) for end in ends for begin in begins if end != begin and end.meets(begin)]


def _job(
    place: Place,
    positions: Mapping[int, Position],
    layout: Layout[Place],
    people: Mapping[Place, int] | None,
    mine: Place | None,
) -> Job:
    level = next(index for index, layer in enumerate(layout.layers) if place in layer)
    held = None if people is None else sum(number for other, number in people.items() if other.meets(place))
    return Job(
        position=positions[place.position_id],
        grade=place.grade,
        x=MARGIN + _place(layout.across[place]),
        y=_top(level, layout),
        people=held,
        is_mine=mine is not None and mine.meets(place),
    )


def _place(across: float) -> int:
    return round(across * COLUMN)


def _top(level: int, layout: Layout[Place]) -> int:
    """The lowest level is at the bottom."""
    return MARGIN + (len(layout.layers) - 1 - level) * ROW


def _arrows(steps: Sequence[CareerStep], jobs: Mapping[Place, Job], layout: Layout[Place]) -> list[Drawn]:
    drawn = []
    for step in steps:
        points = _points(Arrow.of(step), jobs, layout)
        (x1, y1), (x2, y2) = points[0], points[1]
        drawn.append(Drawn(_path(points), (x1 + x2) // 2, (y1 + y2) // 2, step, number_asked(step)))
    return drawn


def _links(steps: Sequence[CareerStep], jobs: Mapping[Place, Job], layout: Layout[Place]) -> list[Drawn]:
    arrows = {Arrow.of(step) for step in steps}
    links = [Arrow(*edge) for edge in layout.bends if Arrow(*edge) not in arrows]
    return [Drawn(_path(_points(link, jobs, layout)), 0, 0) for link in links]


def _points(arrow: Arrow, jobs: Mapping[Place, Job], layout: Layout[Place]) -> list[Point]:
    """From the top of the lower box through its bends to the bottom of the higher one."""
    begin, end = jobs[arrow.begin], jobs[arrow.end]
    points = [(begin.middle, begin.y)]
    for number, across in enumerate(layout.bends[tuple(arrow)], start=1):  # type: ignore[index]  # a pair of places
        x, top = MARGIN + _place(across) + WIDE // 2, begin.y - number * ROW
        points += [(x, top + HIGH), (x, top)]
    return [*points, (end.middle, end.y + HIGH)]


def _path(points: Sequence[Point]) -> str:
    """A line that leaves and arrives upright."""
    (x, y), parts = points[0], []
    parts.append(f"M{x} {y}")
    for (x1, y1), (x2, y2) in pairwise(points):
        half = (y1 + y2) // 2
        parts.append(f"L{x2} {y2}" if x1 == x2 else f"C{x1} {half} {x2} {half} {x2} {y2}")
    return "".join(parts)


def number_asked(step: CareerStep) -> int:
    """How many conditions the step has."""
    numbers = [step.fit, step.points, step.months, step.appraisal]
    return len([n for n in numbers if n]) + len(step.certificates_asked) + len(step.competencies_asked)
