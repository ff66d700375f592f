"""What the calendar shows: entries from whoever registers a source, on days that whoever registers marks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.functional import Promise

from courses.workdays.regions import Region, region_of
from trainingsite.core.registry import Registry
from trainingsite.people.models import User

ALL_REGIONS = "all"


@dataclass(frozen=True)
class Filters:
    """How the calendar is narrowed; None and "" narrow nothing. Paths are of topics and departments."""

    mine: bool = False
    room: int | None = None
    instructor: int | None = None
    topic_path: str = ""
    kind: str = ""
    department_path: str = ""
    region: str = ""

    @property
    def sessions_only(self) -> bool:
        """Whether they speak of what sessions alone have."""
        return bool(self.room or self.instructor or self.kind)


@dataclass(frozen=True)
class Window:
    """The days that are shown, both included, to whom, and narrowed how."""

    first: date
    last: date
    user: User
    filters: Filters = field(default_factory=Filters)

    @property
    def begin(self) -> datetime:
        """The first moment of the first day, in the zone of the page."""
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def end(self) -> datetime:
        """The first moment after the last day."""
        return timezone.make_aware(datetime.combine(date.fromordinal(self.last.toordinal() + 1), time.min))

    @property
    def regions(self) -> list[Region]:
        """Whose holidays are shown: the region chosen, else the one that the person lives in."""
        asked = self.filters.region
        if asked == ALL_REGIONS:
            return list(Region)
        return [Region(asked)] if asked else [region_of(self.user.time_zone)]


@dataclass(frozen=True)
class State:
    """A word on an entry; `level` is one of the kit's."""

    level: str
    word: str


@dataclass(frozen=True)
class Entry:
    """Something on a day: with times, or the whole day. Without a `url` there is nothing more to see."""

    day: date
    title: str
    source: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    url: str = ""
    place: str = ""
    people: str = ""
    states: tuple[State, ...] = ()
    cancelled: bool = False
    mine: bool = False

    @property
    def sort_key(self) -> tuple[date, bool, datetime | date, str]:
        """By day; what takes the whole day first, then by time."""
        return self.day, self.starts_at is not None, self.starts_at or self.day, self.title

    @property
    def starts(self) -> str:
        """The beginning as the page's script reads it: the wall clock of the zone of the page."""
        return _wall(self.starts_at) if self.starts_at else self.day.isoformat()

    @property
    def ends(self) -> str:
        return _wall(self.ends_at) if self.ends_at else ""


def _wall(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True)
class Mark:
    """What days are: `level` is off (nobody works), work (a weekend that is worked) or closed (no training)."""

    first: date
    last: date
    name: str
    level: str


@dataclass(frozen=True)
class Source:
    """Entries of one sort: `entries` gives those of the window that its user may see, in one query or two."""

    label: str | Promise
    icon: str
    order: int
    entries: Callable[[Window], Iterable[Entry]]


# Sessions and refreshers here; check-ins, opening days of quizzes and deadlines by the apps that own them.
SOURCES: Registry[Source] = Registry("source of the calendar")
# What the background shows: holidays, the company's days, blackouts.
MARKS: Registry[Callable[[Window], Iterable[Mark]]] = Registry("marks of days")


def entries_of(window: Window) -> list[Entry]:
    """All entries of the window, in the order of time."""
    found = [entry for source in SOURCES.values() for entry in source.entries(window)]
    return sorted(found, key=lambda entry: entry.sort_key)


def marks_of(window: Window) -> list[Mark]:
    """What the days of the window are."""
    found = [mark for marks in MARKS.values() for mark in marks(window)]
    return sorted(found, key=lambda mark: (mark.first, mark.last, mark.name))
