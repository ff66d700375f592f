"""A version on a real start date: months with the days of each stage, what is due when, classes, blackouts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from courses.planning.models import Season
from courses.planning.seasons import ahead_of, blackouts, inside
from courses.programmes.checks import WEEK, WORKING_DAYS
from courses.programmes.drawn import ItemDrawn, StageDrawn
from courses.programmes.due import DAY
from courses.programmes.kinds import Window
from courses.programmes.schedule import window_of
from courses.programmes.session_items import begins_at

COLOURS = 6


@dataclass
class Day:
    """A square of the calendar. `stage` is the number of the stage that it belongs to, from 1."""

    on: date
    in_month: bool
    is_weekend: bool
    season: Season | None = None
    stage: int = 0
    opens: str = ""
    due: list[ItemDrawn] = field(default_factory=list)
    classes: list[tuple[datetime, ItemDrawn]] = field(default_factory=list)
    is_moved: bool = False


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Day]]


@dataclass(frozen=True)
class Span:
    """A stage on the calendar: its own last day, and the day on which its items are really due."""

    number: int
    drawn: StageDrawn
    window: Window
    due_on: date

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.window.due_on

    @property
    def is_lost(self) -> bool:
        """There is no day left ahead of the blackout."""
        return self.due_on < self.window.opens_on

    @property
    def colour(self) -> int:
        return (self.number - 1) % COLOURS + 1


@dataclass(frozen=True)
class Calendar:
    starts_on: date
    spans: list[Span]
    months: list[Month]
    seasons: list[Season]


def calendar_of(stages: Sequence[StageDrawn], starts_on: date) -> Calendar:
    """The calendar for whoever starts on the day; two queries whatever its length."""
    windows = [window_of(drawn.stage, starts_on) for drawn in stages]
    last = max((window.due_on for window in windows), default=starts_on)
    seasons = blackouts(starts_on, last)
    spans = [
        Span(number, drawn, window, ahead_of(window.due_on, seasons))
        for number, (drawn, window) in enumerate(zip(stages, windows, strict=True), start=1)
    ]
    days = _days(spans, seasons, starts_on, last)
    return Calendar(starts_on, spans, _months(days, starts_on, last), seasons)


def _days(spans: list[Span], seasons: list[Season], first: date, last: date) -> dict[date, Day]:
    days = {}
    for n in range((last - first).days + 1):
        on = first + n * DAY
        days[on] = Day(on, True, on.weekday() >= WORKING_DAYS, inside(on, seasons))
    for span in spans:
        _draw(span, days, seasons)
    return days


def _draw(span: Span, days: dict[date, Day], seasons: list[Season]) -> None:
    """Put the stage, its classes and what it asks for onto the days."""
    on = span.window.opens_on
    days[on].opens = span.drawn.stage.title
    while on <= span.window.due_on:
        days[on].stage = span.colour
        on += DAY
    for row in span.drawn.rows:
        if row.item.kind == "session":
            starts_at = begins_at(
                row.item, Window(span.window.opens_on, max(span.due_on, span.window.opens_on)), seasons
            )
            days[starts_at.date()].classes.append((starts_at, row))
        elif (square := days.get(span.due_on)) is not None:
            square.due.append(row)
            square.is_moved = span.is_moved


def _months(days: dict[date, Day], first: date, last: date) -> list[Month]:
    """Whole weeks from Monday, month by month."""
    months = []
    month = first.replace(day=1)
    while month <= last:
        after = (month + timedelta(days=32)).replace(day=1)
        monday = month - month.weekday() * DAY
        weeks = []
        while monday < after:
            weeks.append([_square(days, monday + n * DAY, month) for n in range(WEEK)])
            monday += WEEK * DAY
        months.append(Month(month, weeks))
        month = after
    return months


def _square(days: dict[date, Day], on: date, month: date) -> Day:
    if on.month == month.month and on in days:
        return days[on]
    return Day(on, on.month == month.month, on.weekday() >= WORKING_DAYS)
