"""People × competencies: each level beside the one that the person's profile asks, and what it sums up to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from assessments.matrix.columns import Column
from assessments.matrix.people import Person
from assessments.profiles.fitting import Fit, Standing, Wanted, fit

Levels = Mapping[int, Mapping[int, int | None]]


class Cell(NamedTuple):
    """A level and the one needed; None where there is none."""

    level: int | None
    need: int | None

    @property
    def missing(self) -> int:
        """How many levels below the need."""
        return max((self.need or 0) - (self.level or 0), 0)


@dataclass(frozen=True)
class Row:
    person: Person
    wanted: Wanted | None
    fit: Fit | None
    cells: tuple[Cell, ...]

    @property
    def has_gap(self) -> bool:
        """Whether one of the columns shown is below its need."""
        return any(cell.missing for cell in self.cells)


@dataclass(frozen=True)
class Foot:
    """Of one column: how many of those of whom it is asked meet it, and the mean of the levels there are."""

    asked: int
    meet: int
    mean: float | None

    @property
    def share(self) -> float | None:
        return self.meet / self.asked if self.asked else None


@dataclass(frozen=True)
class Sum:
    """Of everybody with a profile: how many meet it, and the mean fit in percent."""

    asked: int
    meet: int
    percent: float | None


def rows_of(
    people: Sequence[Person], shown: Sequence[Column], wanted: Mapping[int, Wanted], levels: Levels
) -> list[Row]:
    """A row a person, in their order."""
    return [_row(person, shown, wanted.get(person.pk), levels.get(person.pk, {})) for person in people]


def _row(person: Person, shown: Sequence[Column], wanted: Wanted | None, levels: Mapping[int, int | None]) -> Row:
    needs = {need.competency_id: need.level for need in wanted.needs} if wanted else {}
    cells = tuple(Cell(levels.get(column.pk), needs.get(column.pk)) for column in shown)
    return Row(person, wanted, fit(wanted, levels) if wanted else None, cells)


def sorted_rows(rows: Sequence[Row], shown: Sequence[Column], sort: str) -> list[Row]:
    """By `name` (as they came), `fit`, `overall` or `c` and the id of a competency; a minus turns it round.

    Who has nothing to be sorted by comes last either way.
    """
    name, down = sort.removeprefix("-"), sort.startswith("-")
    key = _key(name, shown)
    if key is None:
        return list(reversed(rows)) if sort == "-name" else list(rows)
    known = [row for row in rows if key(row) is not None]
    unknown = [row for row in rows if key(row) is None]
    return sorted(known, key=key, reverse=down) + unknown


def _key(name: str, shown: Sequence[Column]) -> Callable[[Row], Any] | None:
    """What to sort by; None for the name, and for what is not known."""
    if name == "fit":
        return lambda row: row.fit and row.fit.percent
    if name == "overall":
        return lambda row: row.fit and row.fit.overall
    place = next((number for number, column in enumerate(shown) if name == column.key), None)
    return None if place is None else lambda row: row.cells[place].level


def foot_of(rows: Sequence[Row], shown: Sequence[Column]) -> list[Foot]:
    """The sums below the columns."""
    return [_foot([row.cells[place] for row in rows]) for place in range(len(shown))]


def _foot(cells: Sequence[Cell]) -> Foot:
    asked = [cell for cell in cells if cell.need]
    levels = [cell.level for cell in cells if cell.level]
    mean = sum(levels) / len(levels) if levels else None
    return Foot(len(asked), sum(not cell.missing for cell in asked), mean)


def sum_of(rows: Sequence[Row]) -> Sum:
    """The sums of the last column."""
    fits = [row.fit for row in rows if row.fit]
    percent = sum(each.percent for each in fits) / len(fits) if fits else None
    return Sum(len(fits), sum(each.standing == Standing.MEETS for each in fits), percent)
