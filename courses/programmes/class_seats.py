"""Seats in the classes of a programme: for everybody who is free at that time, as long as there are any."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from django.utils.translation import ngettext

from courses.programmes.models import Assignment, Item
from courses.sessions.actions import ANEW, one_at_a_time
from courses.sessions.checks import seats_of_room
from courses.sessions.models import Engagement, Session, SessionPlace
from trainingsite.core.display import listed
from trainingsite.people.models import User

NAMED = 5
Seat = tuple[int, int]  # session, person
Span = tuple[datetime, datetime]


def seat(wanted: Collection[Seat]) -> int:
    """Give these seats (session, person) as far as there are any, the first of those that overlap.

    Who has one keeps it with the answer to it. Returns how many of these seats are taken now.
    """
    one_at_a_time()
    sessions = Session.objects.select_related("room").in_bulk({session for session, _person in wanted})
    held = _held(sessions)
    free = _free(set(wanted) - held, sessions, held)
    SessionPlace.objects.bulk_create(
        [SessionPlace(session_id=session, person_id=person, **ANEW) for session, person in free],
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=[*ANEW],
    )
    return len(free) + len(held.intersection(wanted))


def _held(sessions: Iterable[int]) -> set[Seat]:
    """The seats that are taken in these sessions."""
    places = SessionPlace.objects.filter(session__in=list(sessions), seat__isnull=False)
    return set(places.values_list("session_id", "person_id"))


def _free(wanted: Collection[Seat], sessions: Mapping[int, Session], held: Collection[Seat]) -> list[Seat]:
    """Those that are left and whose time nothing else takes: no session, be it one of these, and no giving of one."""
    taken = _taken(sessions.values(), {person for _session, person in wanted})
    occupied = Counter(session for session, _person in held)
    free: list[Seat] = []
    for session, person in sorted(wanted, key=lambda seat: (sessions[seat[0]].starts_at, seat)):
        span = (sessions[session].starts_at, sessions[session].ends_at)
        if occupied[session] < _most(sessions[session]) and not any(_overlap(span, other) for other in taken[person]):
            free.append((session, person))
            taken[person].append(span)
            occupied[session] += 1
    return free


def _most(session: Session) -> float:
    """How many have a seat in it and in its room."""
    limits = (session.capacity, seats_of_room(session))
    return min((limit for limit in limits if limit is not None), default=inf)


def _taken(sessions: Collection[Session], people: set[int]) -> dict[int, list[Span]]:
    """By person what sessions, those that they give too, take of their time around these."""
    found: dict[int, list[Span]] = defaultdict(list)
    if sessions:
        span = (min(session.starts_at for session in sessions), max(session.ends_at for session in sessions))
        rows = Engagement.objects.filter(person__in=people, period__overlap=span)
        for person, period in rows.values_list("person_id", "period"):
            if person and period.lower and period.upper:  # always so of people
                found[person].append((period.lower, period.upper))
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and one[1] > other[0]


@dataclass(frozen=True)
class Unseated:
    """A class to come in which people of the programme have no seat: it is full, or they are elsewhere or give it."""

    session: Session
    names: Sequence[str]

    @property
    def words(self) -> str:
        shown, more = listed(self.names[:NAMED]), len(self.names) - NAMED
        if more <= 0:
            return shown
        return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": shown, "n": more}


def unseated(assignment: Assignment, *, at: datetime) -> list[Unseated]:
    """The next class of each item with those who take part and have had no seat in any class of it."""
    found = []
    for item, session in _next_classes(assignment, at).items():
        seats = SessionPlace.objects.filter(session__item_link__item=item, seat__isnull=False)
        people = assignment.participations.active().values("person")
        missing = User.objects.filter(pk__in=people).exclude(pk__in=seats.values("person")).by_name()
        if names := list(missing.values_list("name", flat=True)):
            found.append(Unseated(session, names))
    return found


def _next_classes(assignment: Assignment, at: datetime) -> dict[int, Session]:
    """The next standing class of each item of the version that is given."""
    items: Iterable[Item] = Item.objects.of_version(assignment.programme_id, assignment.programme_version)
    coming = Session.objects.standing().filter(item_link__item__in=items, starts_at__gt=at).select_related("item_link")
    found: dict[int, Session] = {}
    for session in coming.order_by("starts_at", "pk"):
        found.setdefault(session.item_link.item_id, session)
    return found
