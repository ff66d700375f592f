"""Everything a round is decided by: who may be paired with whom, what speaks for it, and the best way to do it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mentoring.matching import barriers
from mentoring.matching.loading import Known, load
from mentoring.matching.models import Criteria
from mentoring.matching.parts import WHOLE, Parts, parts_of
from mentoring.matching.solving import Flags, Points, Task

PARTS = ("gaps", "load", "wishes", "closeness", "merit")


@dataclass(frozen=True)
class Facts:
    """All pairs of some mentees (rows) and mentors (columns) under the criteria of a round."""

    known: Known
    criteria: Criteria
    parts: Parts
    hard: barriers.Barriers
    rules: barriers.Barriers

    @property
    def whole(self) -> int:
        """What all weights add up to."""
        return sum(int(getattr(self.criteria, name)) for name in PARTS)

    def share(self, part: str) -> float:
        """How many of a hundred points a part can give."""
        return WHOLE * int(getattr(self.criteria, part)) / self.whole

    @cached_property
    def scores(self) -> Points:
        """Points of every pair without those for even load."""
        names = [name for name in PARTS if name != "load"]
        return sum(
            (self.share(name) / WHOLE * getattr(self.parts, name) for name in names), start=0.0 * self.parts.gaps
        )

    @cached_property
    def impossible(self) -> Flags:
        """Where the acts of pairing would refuse, whatever HR wants."""
        return barriers.any_of(self.known, self.hard.values())

    @cached_property
    def allowed(self) -> Flags:
        """Where neither these nor the rules of the round stand between the two."""
        return ~(self.impossible | barriers.any_of(self.known, self.rules.values()))

    def task(self, places: Sequence[int], fixed: Mapping[int, int | None]) -> Task:
        """What is to be solved: never more places than the mentors have free now."""
        guides = [self.known.guides.get(pk) for pk in self.known.mentors]
        load = [guide.load if guide else 0 for guide in guides]
        capacity = [guide.capacity if guide else 1 for guide in guides]
        free = [max(0, most - now) if guide else 0 for most, now, guide in zip(capacity, load, guides, strict=True)]
        offered = [min(wanted, room) for wanted, room in zip(places, free, strict=True)]
        return Task(self.scores, self.allowed, offered, load, capacity, self.share("load"), fixed)

    def standing_between(self, row: int, column: int) -> list[str]:
        """The codes of all that speaks against a pair, hard ones first."""
        both = [*self.hard.items(), *self.rules.items()]
        return [str(code) for code, stands in both if stands[row, column]]


def gather(
    mentees: Sequence[int],
    mentors: Sequence[int],
    criteria: Criteria,
    *,
    on: date,
    guides: Iterable[Any] | None = None,
) -> Facts:
    """Load what is known and reckon every pair; `guides` are the mentors' profiles, where they are there already."""
    known = load(mentees, mentors, on=on, guides=guides)
    return Facts(known, criteria, parts_of(known), barriers.hard(known), barriers.of_round(known, criteria))
