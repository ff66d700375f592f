"""What a peak season hits: sessions inside, due dates inside, certificates that end inside."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from courses.enrolment.models import Enrolment
from courses.planning.lanes import EXPIRIES, Window
from courses.planning.models import Season
from courses.planning.seasons import ahead_of, blackouts
from trainingsite.core.registry import Registry
from trainingsite.people.models import User

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something at a time that has to move out of a blackout by hand."""

    label: str
    starts_at: datetime
    url: str


# What takes place between two days, both included.
EVENTS: Registry[Callable[[date, date], Iterable[Event]]] = Registry("events of the plan")


@dataclass(frozen=True)
class Effect:
    """`due` are due dates that move ahead to `ahead`; `stuck` those that would lie before tomorrow."""

    season: Season
    events: list[Event]
    due: int
    stuck: int
    ahead: date
    expiring: int

    @property
    def hits(self) -> bool:
        return bool(self.events or self.due or self.stuck or self.expiring)


def effects_of(seasons: Sequence[Season], *, today: date, user: User) -> list[Effect]:
    """What each of these would hit if they were saved as they are; one that allows training hits nothing."""
    if not seasons:
        return []
    days = min(season.starts_on for season in seasons), max(season.ends_on for season in seasons)
    known = _with(blackouts(*days), seasons)
    return [_effect(season, known, today, user) for season in seasons]


def _with(saved: Sequence[Season], new: Sequence[Season]) -> list[Season]:
    """The calendar as it would be: the new ones in the place of their saved former selves."""
    changed = {season.pk for season in new if season.pk}
    return [*(season for season in saved if season.pk not in changed), *new]


def _effect(season: Season, known: Sequence[Season], today: date, user: User) -> Effect:
    ahead = ahead_of(season.starts_on, known) if season.blackout else season.starts_on
    if not season.blackout or season.ends_on < today:
        return Effect(season, [], 0, 0, ahead, 0)
    due = due_inside(season, today=today)
    movable = due.filter(movable_to(ahead)).count() if ahead > today else 0
    window = Window(max(season.starts_on, today), season.ends_on, today, user)
    return Effect(
        season=season,
        events=[event for events in EVENTS.values() for event in events(window.first, window.last)],
        due=movable,
        stuck=due.count() - movable,
        ahead=ahead,
        expiring=sum(count.number for counts in EXPIRIES.values() for count in counts(window)),
    )


def due_inside(season: Season, *, today: date) -> QuerySet[Enrolment]:
    """Open enrolments of people who work here that are due on a day of the season, today or later."""
    first = max(season.starts_on, today)
    return Enrolment.objects.open().of_employed(today).filter(due_on__gte=first, due_on__lte=season.ends_on)


def movable_to(ahead: date) -> Q:
    """The condition on enrolments that may be due on that day: given and opened by then."""
    return Q(assigned_on__lte=ahead) & (Q(opens_on=None) | Q(opens_on__lte=ahead))
