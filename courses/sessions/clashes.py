"""What stands against a session at a time: a blackout, the room, the instructor, people, the desk left empty."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.planning.models import BusyTime, Season
from courses.planning.seasons import inside, next_free, percent_on, usual_percent
from courses.sessions.models import Session, SessionPlace
from trainingsite.core.errors import Refused
from trainingsite.people.models import Department, User

HOUR = timedelta(hours=1)
REACH = timedelta(days=120)
NAMED = 8


@dataclass(frozen=True)
class Slot:
    """A session as it would be: when, where, by whom, for whom. `ignore` is the session that is being moved."""

    starts_at: datetime
    ends_at: datetime
    room: str = ""
    instructor_id: int | None = None
    people: frozenset[int] = field(default_factory=frozenset)
    ignore: int | None = None

    @classmethod
    def of(cls, session: Session, *, starts_at: datetime | None = None, people: Iterable[int] = ()) -> "Slot":
        """The slot of a session, at another time when one is given, for `people`."""
        begin = starts_at or session.starts_at
        end = begin + (session.ends_at - session.starts_at)
        return cls(begin, end, session.room, session.instructor_id, frozenset(people), session.pk)


@dataclass(frozen=True)
class Clash:
    """One reason against it. A hard one refuses; others are accepted by whoever plans anyway."""

    kind: str
    text: str
    hard: bool = True
    names: tuple[str, ...] = ()
    field: str = "starts_at"


class Clashing(Refused):
    """A session was refused because of clashes; `clashes` holds all of them."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        hard = [clash for clash in clashes if clash.hard] or list(clashes)
        super().__init__(" ".join(clash.text for clash in hard), field=hard[0].field, code=hard[0].kind)
        self.clashes = list(clashes)


def clashes_of(slot: Slot) -> list[Clash]:
    """Everything against it, the hard ones first; at most eight queries, whatever the number of people."""
    seasons = _seasons(slot)
    found = [*_blackout(slot, seasons), *_double(slot), *_queues(slot, seasons), *_busy(slot)]
    return sorted(found, key=lambda clash: not clash.hard)


def refuse(clashes: Sequence[Clash], *, anyway: bool) -> None:
    """Raise Clashing when one of them refuses, or when any is there and nobody said to plan anyway."""
    if any(clash.hard for clash in clashes) or (clashes and not anyway):
        raise Clashing(clashes)


def _seasons(slot: Slot) -> list[Season]:
    """The seasons around the day and after it, so that the next free day is known."""
    first, last = timezone.localdate(slot.starts_at), timezone.localdate(slot.ends_at)
    return list(Season.objects.between(first, last + REACH))


def _blackout(slot: Slot, seasons: Sequence[Season]) -> Iterator[Clash]:
    for day in sorted({timezone.localdate(slot.starts_at), timezone.localdate(slot.ends_at)}):
        if season := inside(day, seasons):
            free = next_free(day, seasons)
            values = {"season": season.name, "days": season.days_shown, "free": date_format(free, "DATE_FORMAT")}
            text = _("“%(season)s” (%(days)s) is a time without training. The next free day is %(free)s.") % values
            yield Clash("inside_blackout", text)
            return


def _double(slot: Slot) -> Iterator[Clash]:
    """Another session has the room, the instructor or some of the people at that time."""
    others = Session.objects.during(slot.starts_at, slot.ends_at).exclude(pk=slot.ignore or 0)
    everybody = set(slot.people) | ({slot.instructor_id} if slot.instructor_id else set())
    room = Q(room__iexact=slot.room) if slot.room else Q(pk__in=[])
    for other in others.filter(room | Q(instructor_id__in=everybody)).select_related("instructor").order_by("pk"):
        yield from _taken(slot, other)
    places = SessionPlace.objects.held().filter(session__in=others, person_id__in=everybody)
    for title, names in _by_title(places).items():
        yield _people_clash("person_double", _("In “%(title)s” at that time: %(names)s."), title, names)


def _taken(slot: Slot, other: Session) -> Iterator[Clash]:
    values = {"title": other.title, "when": when_shown(other.starts_at, other.ends_at), "room": other.room}
    if slot.room and other.room.lower() == slot.room.lower():
        text = _("The room %(room)s is taken: “%(title)s”, %(when)s.") % values
        yield Clash("room_double", text, field="room")
    if other.instructor_id == slot.instructor_id and slot.instructor_id:
        text = _("%(name)s gives “%(title)s” then, %(when)s.") % {**values, "name": other.instructor}
        yield Clash("instructor_double", text, names=(str(other.instructor),), field="instructor")
    elif other.instructor_id in slot.people:
        text = _("%(name)s gives “%(title)s” then, %(when)s.") % {**values, "name": other.instructor}
        yield Clash("person_double", text, names=(str(other.instructor),))


def _by_title(places: Iterable[SessionPlace]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    rows = places.order_by("session_id", "person__sort_key")  # type: ignore[attr-defined]  # a queryset
    for title, name in rows.values_list("session__title", "person__name"):
        found[title].append(name)
    return found


def _people_clash(kind: str, words: str, title: str, names: Sequence[str], *, hard: bool = True) -> Clash:
    return Clash(kind, words % {"title": title, "names": _named(names)}, hard, tuple(names))


def _named(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    shown = _(", ").join(names[:NAMED])
    more = len(names) - NAMED
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": shown, "n": more}


def _queues(slot: Slot, seasons: Sequence[Season]) -> Iterator[Clash]:
    """Teams of which more would be in training in one hour than the limit allows."""
    teams = dict(User.objects.filter(pk__in=slot.people, department__isnull=False).values_list("pk", "department_id"))
    if not teams:
        return
    day = timezone.localdate(slot.starts_at)
    percent = percent_on(day, seasons, usual_percent())
    sizes = _sizes(set(teams.values()), slot)
    trained = _in_training(slot, teams)
    names = {team.pk: team for team in Department.objects.filter(pk__in=sizes)}
    for team, by_hour in trained.items():
        hour, people = max(by_hour.items(), key=lambda item: (len(item[1]), -item[0].timestamp()))
        most = most_of(sizes.get(team, 0), percent)
        if len(people) > most:
            yield _too_many(str(names[team]), hour, len(people), sizes.get(team, 0), most, percent)


def most_of(size: int, percent: int) -> int:
    """How many of a team of this size may be in training at once; one always may."""
    return max(1, size * percent // 100)


def _sizes(teams: Collection[int], slot: Slot) -> dict[int, int]:
    """How many people work in each of the teams on that day."""
    employed = User.objects.employed(timezone.localdate(slot.starts_at)).filter(department_id__in=teams)
    rows = employed.values_list("department_id").annotate(n=Count("pk")).order_by()
    return dict(rows)


def _in_training(slot: Slot, teams: dict[int, int]) -> dict[int, dict[datetime, set[int]]]:
    """Who of the teams is in training in each hour that the slot touches, by team and hour."""
    first = slot.starts_at.replace(minute=0, second=0, microsecond=0)
    found: defaultdict[int, defaultdict[datetime, set[int]]] = defaultdict(lambda: defaultdict(set))
    hours = [first + n * HOUR for n in range(int((slot.ends_at - first) / HOUR) + 1) if first + n * HOUR < slot.ends_at]
    last = hours[-1] + HOUR
    others = SessionPlace.objects.held().filter(
        session__starts_at__lt=last, session__ends_at__gt=first, person__department_id__in=set(teams.values())
    )
    rows = others.exclude(session=slot.ignore).values_list(
        "person_id", "person__department_id", "session__starts_at", "session__ends_at"
    )
    here = [(person, team, slot.starts_at, slot.ends_at) for person, team in teams.items()]
    for person, team, starts_at, ends_at in [*here, *rows]:
        for hour in hours:
            if starts_at < hour + HOUR and ends_at > hour:
                found[team][hour].add(person)
    return {team: dict(by_hour) for team, by_hour in found.items()}


def _too_many(team: str, hour: datetime, people: int, size: int, most: int, percent: int) -> Clash:
    text = _(
        "%(team)s: %(people)s of %(size)s people would be in training at %(hour)s; "
        "at most %(most)s may (%(percent)s%%)."
    )
    shown = time_format(timezone.localtime(hour), "TIME_FORMAT")
    values = {"team": team, "people": people, "size": size, "hour": shown, "most": most, "percent": percent}
    return Clash("queue_limit", text % values, names=(team,), field="people")


def _busy(slot: Slot) -> Iterator[Clash]:
    """Shifts and leave: they warn, since a planner may know better."""
    everybody = set(slot.people) | ({slot.instructor_id} if slot.instructor_id else set())
    found: defaultdict[str, list[str]] = defaultdict(list)
    busy = BusyTime.objects.during(slot.starts_at, slot.ends_at).filter(person_id__in=everybody)
    for each in busy.select_related("person").order_by("kind", "person__sort_key", "pk"):
        if each.person.name not in found[each.get_kind_display()]:
            found[each.get_kind_display()].append(each.person.name)
    for kind, names in found.items():
        yield _people_clash("busy", _("%(title)s at that time: %(names)s."), kind, names, hard=False)


def when_shown(starts_at: datetime, ends_at: datetime) -> str:
    """The day, and from when to when."""
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{date_format(begin, 'DATE_FORMAT')} {time_format(begin, 'H:i')}–{time_format(end, 'H:i')}"
