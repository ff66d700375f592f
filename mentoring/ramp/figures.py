"""Where the figures of newcomers come from: this room asks, the app that keeps readings registers itself.

A figure of a day is a numerator over a denominator, so that days can be added up exactly.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mentoring.ramp.models import RampRule
from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Kpi:
    """Something that is measured of people day by day; `scale` times numerator over denominator is shown."""

    code: str
    label: str
    unit: str
    decimals: int
    lower_is_better: bool
    scale: int = 1

    def shown(self, value: float) -> str:
        gap = "" if self.unit == "%" else " "
        return f"{value:.{self.decimals}f}{gap}{self.unit}"


class DayFigure(NamedTuple):
    """What was measured of a person on a day of the ramp; the day of the first contact is day 1."""

    person_id: int
    code: str
    day: int
    numerator: float
    denominator: float


@dataclass(frozen=True)
class Figures:
    """A source of figures.

    `first_contacts(since)`: the newcomers whose first day with a customer is `since` or later, and that day.
    `daily(codes, firsts, days)`: what was measured of these people (id → first contact) on their days 1 to `days`,
    person by person and figure by figure, each in the order of days.
    """

    metrics: Callable[[], list[Kpi]]
    first_contacts: Callable[[date], dict[int, date]]
    daily: Callable[[Sequence[str], Mapping[int, date], int], Iterable[DayFigure]]


FIGURES: Registry[Figures] = Registry("source of ramp figures")


def all_kpis() -> list[Kpi]:
    return [kpi for source in FIGURES.values() for kpi in source.metrics()]


def chosen(rule: RampRule) -> list[Kpi]:
    """The figures that count by the rule; all there are, as long as HR has chosen none."""
    return [kpi for kpi in all_kpis() if not rule.metrics or kpi.code in rule.metrics]


def first_contacts(since: date) -> dict[int, date]:
    """Newcomers and their first day with a customer; the earliest, where several sources know one."""
    found: dict[int, date] = {}
    for source in FIGURES.values():
        for person, day in source.first_contacts(since).items():
            found[person] = min(day, found.get(person, day))
    return found


def daily(codes: Sequence[str], firsts: Mapping[int, date], days: int) -> Iterator[DayFigure]:
    for source in FIGURES.values():
        yield from source.daily(codes, firsts, days)
