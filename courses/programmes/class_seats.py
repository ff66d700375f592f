"""Seats in the classes of a programme: for everybody who is not in another session at that time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.programmes.models import Assignment, Item
from courses.sessions.actions import one_at_a_time
from courses.sessions.models import Engagement, Session, SessionPlace
from trainingsite.people.models import User

NAMED = 5
Span = tuple[datetime, datetime]


def seat(wanted: Collection[tuple[int, int]]) -> int:
    """Give these seats (session, person), the first of those that overlap; returns how many could be given."""
    one_at_a_time()
    free = _free(wanted)
    SessionPlace.objects.bulk_create(
        [SessionPlace(session_id=session, person_id=person) for session, person in free],
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=["cancelled_at", "waiting_since"],
    )
    return len(free)


def _free(wanted: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those whose time no other session takes, neither one that is planned nor one of these."""
    sessions = Session.objects.in_bulk({session for session, _person in wanted})
    taken = _taken(sessions.values(), {person for _session, person in wanted})
    free: list[tuple[int, int]] = []
    for session, person in sorted(wanted, key=lambda seat: (sessions[seat[0]].starts_at, seat)):
        span = (sessions[session].starts_at, sessions[session].ends_at)
        if not any(_overlap(span, other) for known, other in taken[person] if known != session):
            free.append((session, person))
            taken[person].append((session, span))
    return free


def _taken(sessions: Collection[Session], people: set[int]) -> dict[int, list[tuple[int, Span]]]:
    """By person the sessions that take their time around these."""
    found: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    if sessions:
        span = (min(session.starts_at for session in sessions), max(session.ends_at for session in sessions))
        rows = Engagement.objects.filter(person__in=people, period__overlap=span)
        for person, session, period in rows.values_list("person_id", "session_id", "period"):
            if person and period.lower and period.upper:  # always so of people
                found[person].append((session, (period.lower, period.upper)))
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and one[1] > other[0]


@dataclass(frozen=True)
class Unseated:
    """A class to come in which people of the programme have no seat, since they are elsewhere at that time."""

    session: Session
    names: Sequence[str]

    @property
    def words(self) -> str:
        shown, more = _(", ").join(self.names[:NAMED]), len(self.names) - NAMED
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
