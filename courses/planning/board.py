"""The planning board: weeks across, lanes down, seasons behind; every lane is asked once, whatever it holds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from courses.planning.lanes import LANES, Bar, Count, Lane, Row, Text, Window
from courses.planning.models import Season
from courses.planning.quarters import DAY, WEEK, Quarter

SHORTEST = 12  # columns that a bar's words need; a day alone is too narrow
MOST_ROWS = 12
AHEAD = 3 * WEEK  # so long before a blackout it is said what ends inside
HEAT = 4


@dataclass(frozen=True)
class Week:
    """A week of the board; `column` is that of its Monday, from 1."""

    first: date
    last: date
    column: int
    now: bool


@dataclass(frozen=True)
class Shade:
    """The part of a season that the board shows."""

    season: Season
    column: int
    span: int


@dataclass(frozen=True)
class Placed:
    """A bar with its columns. `at_end` marks one whose day is the right edge, since its words need room to the left."""

    bar: Bar
    column: int
    span: int
    cut_left: bool = False
    cut_right: bool = False
    at_end: bool = False
    past: bool = False

    @property
    def is_short(self) -> bool:
        """Whether its words need far more columns than it has days, so that its edge has to tell the day."""
        return (self.bar.last - self.bar.first).days + 1 <= self.span // 2


@dataclass(frozen=True)
class Line:
    """A row of a lane: its words, and its bars in tracks that do not overlap."""

    row: Row
    tracks: list[list[Placed]]


@dataclass(frozen=True)
class Cell:
    """A week's number in a counting lane; `heat` from 0 to 4 says how many compared with the fullest week."""

    week: Week
    number: int
    heat: int
    url: str
    inside: Season | None = None


@dataclass(frozen=True)
class LaneShown:
    label: Text
    icon: str
    lines: list[Line] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Board:
    quarter: Quarter
    weeks: list[Week]
    shades: list[Shade]
    lanes: list[LaneShown]
    today: date
    today_column: int | None

    @property
    def columns(self) -> int:
        return 7 * len(self.weeks)

    @property
    def months(self) -> list[tuple[date, int, int]]:
        """The months that the board shows: first day, column, span."""
        found = []
        day, last = self.weeks[0].first, self.weeks[-1].last
        while day <= last:
            after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            end = min(after - DAY, last)
            found.append((day, (day - self.weeks[0].first).days + 1, (end - day).days + 1))
            day = after
        return found


def build(quarter: Quarter, window: Window, seasons: Sequence[Season]) -> Board:
    """The board of the quarter; `seasons` are those of its days."""
    weeks = weeks_of(quarter, window.today)
    shades = [_shade(season, window) for season in seasons]
    lanes = sorted(LANES.values(), key=lambda lane: lane.order)
    shown = [_lane(lane, window, weeks, seasons) for lane in lanes]
    inside = window.first <= window.today <= window.last
    return Board(
        quarter=quarter,
        weeks=weeks,
        shades=shades,
        lanes=[lane for lane in shown if lane.lines or lane.cells],
        today=window.today,
        today_column=(window.today - window.first).days + 1 if inside else None,
    )


def weeks_of(quarter: Quarter, today: date) -> list[Week]:
    mondays = [quarter.first_shown + number * WEEK for number in range(quarter.weeks)]
    return [
        Week(monday, monday + 6 * DAY, 7 * number + 1, monday <= today < monday + WEEK)
        for number, monday in enumerate(mondays)
    ]


def _shade(season: Season, window: Window) -> Shade:
    first, last = max(season.starts_on, window.first), min(season.ends_on, window.last)
    return Shade(season, (first - window.first).days + 1, (last - first).days + 1)


def _lane(lane: Lane, window: Window, weeks: Sequence[Week], seasons: Sequence[Season]) -> LaneShown:
    lines = [_line(row, window) for row in (lane.rows(window) if lane.rows else [])]
    counts = list(lane.counts(window)) if lane.counts else []
    if lane.cliff:
        lines.append(_line(Row(tuple(_cliffs(lane.cliff, counts, seasons))), window))
    shown = [line for line in lines if line.tracks]
    cells = _cells(lane, counts, window, weeks, seasons)
    return LaneShown(lane.label, lane.icon, shown[:MOST_ROWS], cells, max(0, len(shown) - MOST_ROWS))


def _cliffs(words: Callable[[str, int], str], counts: Sequence[Count], seasons: Sequence[Season]) -> Iterator[Bar]:
    """What each blackout holds, as a bar in the weeks before it."""
    for season in seasons:
        number = sum(count.number for count in counts if season.holds(count.on)) if season.blackout else 0
        if number:
            first, last = season.starts_on - AHEAD, season.starts_on - DAY
            url = reverse("season", args=[season.pk])
            yield Bar(first, last, words(season.name, number), url=url, level="cliff", icon="alert-triangle")


def _line(row: Row, window: Window) -> Line:
    seen = [bar for bar in row.bars if bar.first <= window.last and bar.last >= window.first]
    return Line(row, pack(_placed(bar, window) for bar in seen))


def _placed(bar: Bar, window: Window) -> Placed:
    """The columns of a bar: what lies outside is cut, what is short is widened to hold its words."""
    columns = (window.last - window.first).days + 1
    start = max((bar.first - window.first).days + 1, 1)
    end = min((bar.last - window.first).days + 1, columns)
    wide = max(end - start + 1, min(SHORTEST, columns))
    at_end = start + wide - 1 > columns
    return Placed(
        bar=bar,
        column=end - wide + 1 if at_end else start,
        span=wide,
        cut_left=bar.first < window.first,
        cut_right=bar.last > window.last,
        at_end=at_end,
        past=bar.last < window.today,
    )


def pack(bars: Iterable[Placed]) -> list[list[Placed]]:
    """The bars in as few tracks as they need, so that none lies over another."""
    tracks: list[list[Placed]] = []
    for bar in sorted(bars, key=lambda each: (each.column, -each.span)):
        free = next((track for track in tracks if track[-1].column + track[-1].span <= bar.column), None)
        if free is None:
            tracks.append([bar])
        else:
            free.append(bar)
    return tracks


def _cells(
    lane: Lane, counts: Iterable[Count], window: Window, weeks: Sequence[Week], seasons: Sequence[Season]
) -> list[Cell]:
    """The lane's numbers by week; none at all when every week has none."""
    sums: defaultdict[int, int] = defaultdict(int)
    for count in counts:
        sums[(count.on - window.first).days // 7] += count.number
    most = max(sums.values(), default=0)
    if not most:
        return []
    closed = [season for season in seasons if season.blackout]
    return [
        Cell(
            week=week,
            number=sums[number],
            heat=-(-HEAT * sums[number] // most),
            url=lane.link(week.first, week.last, window.filters) if sums[number] else "",
            inside=next((s for s in closed if s.starts_on <= week.last and s.ends_on >= week.first), None),
        )
        for number, week in enumerate(weeks)
    ]


@dataclass(frozen=True)
class WeekList:
    """What a phone shows of a week: the seasons it touches, what begins in it, its numbers."""

    week: Week
    seasons: list[Season]
    bars: list[tuple[LaneShown, Bar]]
    numbers: list[tuple[LaneShown, Cell]]


def by_week(board: Board) -> list[WeekList]:
    """The board as a list of weeks; what began before it stands in the first one."""
    found = []
    for number, week in enumerate(board.weeks):
        bars = [
            (lane, placed.bar)
            for lane in board.lanes
            for line in lane.lines
            for track in line.tracks
            for placed in track
            if week.first <= placed.bar.first <= week.last or (placed.cut_left and not number)
        ]
        cells = [(lane, lane.cells[number]) for lane in board.lanes if lane.cells and lane.cells[number].number]
        touched = [s.season for s in board.shades if s.season.starts_on <= week.last and s.season.ends_on >= week.first]
        found.append(WeekList(week, touched, sorted(bars, key=lambda each: each[1].first), cells))
    return found
