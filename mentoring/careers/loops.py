"""Jobs as places of a graph: which meet each other, and whether a new step would lead back to where it began."""

from collections.abc import Sequence
from typing import NamedTuple, Self

from mentoring.careers.models import CareerStep


class Place(NamedTuple):
    """A position at a grade; an empty grade stands for every grade."""

    position_id: int
    grade: str

    def meets(self, other: "Place") -> bool:
        """Whether somebody can be in both."""
        same = self.grade == other.grade or not self.grade or not other.grade
        return self.position_id == other.position_id and same


class Arrow(NamedTuple):
    begin: Place
    end: Place

    @classmethod
    def of(cls, step: CareerStep) -> Self:
        begin, end = (step.from_position_id, step.from_grade), (step.to_position_id, step.to_grade)
        return cls(Place(*begin), Place(*end))


def loop(new: Arrow, others: Sequence[Arrow]) -> list[Place]:
    """The shortest way from where `new` begins along it and `others` back to there, or []."""
    if new.end.meets(new.begin):
        return [new.begin, new.end]
    ways = [[new]]
    seen: set[Arrow] = set()
    for way in ways:  # grows while it is walked: the shortest loop is found first
        for arrow in others:
            if arrow in seen or not way[-1].end.meets(arrow.begin):
                continue
            seen.add(arrow)
            if arrow.end.meets(new.begin):
                return _places([*way, arrow])
            ways.append([*way, arrow])
    return []


def _places(way: Sequence[Arrow]) -> list[Place]:
    """Where the way leads along, with the place that it comes back to at both ends."""
    return [way[0].begin, *(arrow.end for arrow in way[:-1]), way[0].begin]
