"""What points are needed for: each asks so many of a person; higher apps register (career steps)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil

from trainingsite.core.registry import Registry
from trainingsite.people.models import User


@dataclass(frozen=True)
class Ask:
    """Something that asks for points: what it is, how many, and where to read of it."""

    label: str
    points: int
    url: str = ""


# Called with the person and the day.
ASKS: Registry[Callable[[User, date], Iterable[Ask]]] = Registry("what asks for points")


@dataclass(frozen=True)
class Step:
    """An ask, and how far the person is."""

    ask: Ask
    has: float

    @property
    def missing(self) -> float:
        """The points that are missing to a tenth, never rounded down to nothing."""
        return max(ceil(10 * (self.ask.points - self.has) - 1e-6) / 10, 0)

    @property
    def met(self) -> bool:
        return self.has >= self.ask.points


def steps_of(person: User, balance: float, day: date) -> list[Step]:
    """What asks for points of the person, the nearest first."""
    asks = [ask for asked in ASKS.values() for ask in asked(person, day)]
    return [Step(ask, balance) for ask in sorted(asks, key=lambda ask: (ask.points, ask.label))]
