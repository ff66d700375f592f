"""A version as pages show it: stages with their items, what each is called and how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from courses.programmes.checks import Problem, minutes_of
from courses.programmes.kinds import Facts
from courses.programmes.models import Item, Programme, Stage
from courses.programmes.schedule import path_of


@dataclass(frozen=True)
class ItemDrawn:
    item: Item
    facts: Facts


@dataclass(frozen=True)
class StageDrawn:
    """`first` and `width` are its place on a line of 100; `level` the pause before it."""

    stage: Stage
    rows: list[ItemDrawn]
    problems: list[str] = field(default_factory=list)
    pause: int = 0

    @property
    def minutes(self) -> int:
        return sum(row.facts.minutes for row in self.rows)

    @property
    def available(self) -> int:
        return minutes_of(self.stage)

    @property
    def optional(self) -> int:
        return sum(not row.item.required for row in self.rows)


def stages_drawn(programme: Programme, version: int, *, problems: Sequence[Problem] = ()) -> list[StageDrawn]:
    """The stages of the version in their order, with a question for each kind of item in them."""
    path = path_of(programme, version)
    found: list[StageDrawn] = []
    ends = 0
    for stage in path.stages:
        rows = [ItemDrawn(item, path.facts[item.pk]) for item in path.of_stage(stage)]
        said = [problem.text for problem in problems if problem.stage == stage.pk]
        found.append(StageDrawn(stage, rows, said, pause=stage.first_day - ends - 1))
        ends = stage.last_day
    return found
