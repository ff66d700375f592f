"""Who can cover something: the able people on shift, those who could be asked, and those who are away, and why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import pgettext

from assessments.matrix.spans import Span, inside, left_of, total
from assessments.models import CurrentLevel
from courses.models import BusyTime, Engagement
from courses.planning.models import BusyKind
from courses.workdays.days import company_days, day_off_name
from courses.workdays.regions import region_of
from trainingsite.core.display import listed
from trainingsite.people.models import Status, User
from trainingsite.people.staff.models import PersonQuerySet

DAY = timedelta(days=1)
NOON = time(12)
WEEK = 7
ENOUGH = timedelta(hours=1)  # of a half day, to count for it


@dataclass(frozen=True)
class Ask:
    """What is to be covered: all the competencies on the level, between two hours of a day, by at least `needed`."""

    competencies: tuple[int, ...]
    level: int
    day: date
    starts: time = time(0)
    ends: time | None = None
    needed: int = 1

    @property
    def window(self) -> Span:
        return Span(
            _moment(self.day, self.starts), _moment(self.day, self.ends) if self.ends else _moment(self.day + DAY)
        )


class Known(NamedTuple):
    """A person's level of a competency, and how many pieces of evidence it rests on."""

    competency: int
    level: int
    pieces: int
    assessed: int


class Away(NamedTuple):
    """When somebody is not to be had, and why."""

    span: Span
    why: str


@dataclass
class Able:
    """Somebody on the level, with the shifts and absences of the days that are looked at."""

    pk: int
    name: str
    number: str
    department_id: int | None
    zone: str
    on_leave: bool
    known: list[Known] = field(default_factory=list)
    shifts: list[Span] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)

    @property
    def left(self) -> list[Span]:
        """The shifts without the absences."""
        return [] if self.on_leave else left_of(self.shifts, [away.span for away in self.away])

    @property
    def sureness(self) -> tuple[int, int, int]:
        """The weakest of the levels and what it rests on; more is surer."""
        return (
            min(each.level for each in self.known),
            min(each.assessed for each in self.known),
            min(each.pieces for each in self.known),
        )


@dataclass(frozen=True)
class Found:
    """One of the able within the window: the hours on shift that are left, and what stands against it."""

    person: Able
    shifts: list[Span]
    reasons: list[Away]


@dataclass(frozen=True)
class Half:
    """A half day: how many of the able are on shift for an hour or more."""

    day: date
    afternoon: bool
    people: int
    thin: bool


@dataclass(frozen=True)
class Coverage:
    on_shift: list[Found]
    free: list[Found]
    away: list[Found]
    halves: list[Half]

    @property
    def days(self) -> list[date]:
        return [half.day for half in self.halves if not half.afternoon]


def coverage(people: PersonQuerySet, ask: Ask, *, today: date) -> Coverage:
    """Answer the question for these people. Four queries."""
    first = first_day(ask.day, today)
    frame = Span(min(_moment(first), ask.window.starts_at), max(_moment(first + WEEK * DAY), ask.window.ends_at))
    able = _able(people, ask)
    _add_busy(able, frame)
    _add_sessions(able, frame)
    holidays = _holidays(able.values(), ask.day)
    lists: dict[str, list[Found]] = {"on_shift": [], "free": [], "away": []}
    for person in sorted(able.values(), key=lambda each: each.sureness, reverse=True):
        kind, found = _placed(person, ask.window, holidays.get(person.zone, ""))
        lists[kind].append(found)
    return Coverage(**lists, halves=_halves(able.values(), first, ask.needed))


def first_day(day: date, today: date) -> date:
    """The strip shows the coming week; a day beyond it, or before, its own week from Monday on."""
    return today if today <= day < today + WEEK * DAY else day - day.weekday() * DAY


def _moment(day: date, hour: time = time(0)) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _able(people: PersonQuerySet, ask: Ask) -> dict[int, Able]:
    """Those who are on the level at all of the competencies, by name."""
    levels = CurrentLevel.objects.filter(
        person__in=people.order_by().values("pk"), competency__in=ask.competencies, level__gte=ask.level
    )
    rows = levels.select_related("person").order_by("person__sort_key", "person", "competency_id")
    found: dict[int, Able] = {}
    for row in rows:
        person = found.setdefault(row.person_id, _person(row.person))
        person.known.append(Known(row.competency_id, row.level or 0, row.pieces, row.assessed))
    wanted = len(set(ask.competencies))
    return {pk: person for pk, person in found.items() if len(person.known) == wanted}


def _person(user: User) -> Able:
    leave = user.status == Status.ON_LEAVE
    return Able(user.pk, user.name, user.employee_number or "", user.department_id, user.time_zone, leave)


def _add_busy(able: dict[int, Able], frame: Span) -> None:
    rows = BusyTime.objects.during(*frame).filter(person__in=list(able)).order_by("period")
    for busy in rows:
        person, span = able[busy.person_id], _span(busy.period)
        if busy.kind == BusyKind.SHIFT:
            person.shifts.append(span)
        else:
            person.away.append(Away(span, str(busy.get_kind_display())))


def _span(period: Any) -> Span:
    """A range of the database; those of people and sessions have both ends."""
    return Span(period.lower, period.upper)


def _add_sessions(able: dict[int, Able], frame: Span) -> None:
    """A session takes its seats and who gives it."""
    rows = Engagement.objects.filter(person__in=list(able), period__overlap=tuple(frame)).order_by("period")
    for person, period, title in rows.values_list("person", "period", "session__title"):
        able[person].away.append(Away(_span(period), title))


def _holidays(able: Iterable[Able], day: date) -> dict[str, str]:
    """By time zone of people: the public holiday or company's day off that the day is there."""
    declared = company_days(day, day)
    zones = {person.zone for person in able}
    named = {zone: day_off_name(day, region_of(zone), declared) for zone in zones}
    return {zone: name for zone, name in named.items() if name}


def _placed(person: Able, window: Span, holiday: str) -> tuple[str, Found]:
    """Which of the three lists the person belongs in.

    Who is on shift for a part of the window is on it, though a session takes the rest. Without a shift, any absence
    within the window and a holiday keep the person away.
    """
    shifts = inside(person.left, window)
    reasons = [each for each in person.away if inside([each.span], window)]
    if person.on_leave:
        reasons = [Away(window, str(Status.ON_LEAVE.label)), *reasons]
    if shifts:
        return "on_shift", Found(person, shifts, reasons)
    if holiday:
        reasons = [*reasons, Away(window, holiday)]
    return "away" if reasons else "free", Found(person, [], reasons)


def _halves(able: Collection[Able], first: date, needed: int) -> list[Half]:
    found = []
    spans = [person.left for person in able]
    for number in range(2 * WEEK):
        day, afternoon = first + (number // 2) * DAY, bool(number % 2)
        people = _on(spans, half_span(day, afternoon=afternoon))
        found.append(Half(day, afternoon, people, people < needed))
    return found


def half_span(day: date, *, afternoon: bool) -> Span:
    """From midnight to noon, or from noon to midnight."""
    noon = _moment(day, NOON)
    return Span(noon, _moment(day + DAY)) if afternoon else Span(_moment(day), noon)


def _on(spans: Sequence[Sequence[Span]], half: Span) -> int:
    return sum(total(inside(each, half)) >= ENOUGH for each in spans)


def said(spans: Sequence[Span]) -> str:
    """Hours as people write them: 08:00–16:00, 18:00–20:00."""
    local = [(timezone.localtime(span.starts_at), timezone.localtime(span.ends_at)) for span in spans]
    return listed(f"{a:%H:%M}–{'24:00' if b.time() == time(0) else f'{b:%H:%M}'}" for a, b in local)


def half_name(half: Half) -> str:
    return pgettext("half day", "Afternoon") if half.afternoon else pgettext("half day", "Forenoon")
