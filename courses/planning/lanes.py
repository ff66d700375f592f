"""What higher rooms and apps put on the planning board: bars, chips and counts, and the hours that they take.

A provider is one query, two at most, whatever the number of rows; it sees the days of the board and its filters.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from trainingsite.core.registry import Registry

Text = str | Promise


@dataclass(frozen=True)
class Filters:
    """What the board is narrowed to: a department with all below it (its path), a programme, a topic."""

    department_path: str = ""
    programme: int | None = None
    topic: int | None = None


@dataclass(frozen=True)
class Window:
    """The days that the board shows, the day that it is, who looks and what the board is narrowed to."""

    first: date
    last: date
    today: date
    user: Any
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True)
class Bar:
    """A span of days with words on it; a single day is a chip. `move_url` is where a form asks for another day."""

    first: date
    last: date
    label: Text
    detail: Text = ""
    url: str = ""
    level: str = ""
    icon: str = ""
    move_url: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a lane; bars that overlap stand one under the other. Without a label the lane's own is enough."""

    bars: tuple[Bar, ...]
    label: Text = ""
    url: str = ""
    detail: Text = ""


@dataclass(frozen=True)
class Count:
    """A number that belongs to a day; the board adds them up by week. `url` leads to the rows of the week's days."""

    on: date
    number: int


@dataclass(frozen=True)
class Lane:
    """`rows` gives the bars of the window. `counts` gives numbers by day instead, and `link` the rows behind them.

    Of a lane with `cliff`, what a blackout holds is announced ahead of it, in the words of `cliff`.
    """

    label: Text
    icon: str
    order: int
    rows: Callable[[Window], Iterable[Row]] | None = None
    counts: Callable[[Window], Iterable[Count]] | None = None
    link: Callable[[date, date, Filters], str] = lambda _first, _last, _filters: ""
    cliff: Callable[[str, int], str] | None = None


@dataclass(frozen=True)
class Hours:
    """Time that `people` of a department spend: `minutes` of each. With `start` it counts for the peak of that hour."""

    department: int
    people: int
    minutes: int
    start: Any = None


LANES: Registry[Lane] = Registry("lane of the planning board")
# What gives the hours that departments spend in the window.
HOURS: Registry[Callable[[Window], Iterable[Hours]]] = Registry("hours of the planning board")
# Certificates that end on a day: how many, by day. The window says of whom.
EXPIRIES: Registry[Callable[[Window], Iterable[Count]]] = Registry("expiries of the planning board")
