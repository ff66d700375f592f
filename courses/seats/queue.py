"""The waiting list of a session: who stands where in it, and how a free seat finds the next one."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from courses.seats.clashes import obstacle
from courses.seats.notices import tell_moved_up, tell_passed_over
from courses.sessions.actions import one_at_a_time
from courses.sessions.models import Session, SessionPlace
from trainingsite.people.models import User

MOMENT = timedelta(microseconds=1)


def locked(session: Session) -> Session:
    """The session's present row, for the rest of the transaction nobody else's to change."""
    one_at_a_time()
    return Session.objects.select_for_update(of=("self",)).select_related("room", "audience").get(pk=session.pk)


def written_by(person: User | None) -> AbstractContextManager[object]:
    """Whatever is written within the block is written by this person in the history."""
    kept: AbstractContextManager[object] = pghistory.context(user=person.pk if person else None)
    return kept


def seats_taken(session: Session) -> int:
    return session.places.filter(seat__isnull=False).count()


def is_full(session: Session) -> bool:
    return session.capacity is not None and seats_taken(session) >= session.capacity


def with_turn(places: QuerySet[SessionPlace]) -> QuerySet[SessionPlace]:
    """Adds `turn`: 1 for who is the next to get a seat; None for who does not wait."""
    before = Q(waiting_since__lt=OuterRef("waiting_since"))
    same = Q(waiting_since=OuterRef("waiting_since"), pk__lte=OuterRef("pk"))
    queue = SessionPlace.objects.filter(before | same, session=OuterRef("session"), cancelled_at=None)
    return places.annotate(turn=Subquery(queue.order_by().values("session").annotate(n=Count("pk")).values("n")))


@transaction.atomic
def move_up(session: Session, *, at: datetime) -> int:
    """Give the free seats to those who have waited longest, and tell them; returns how many got one.

    Whoever cannot come then is passed over, told why and keeps the place in the list; who has left the company is
    taken off it. A session that has begun or was called off gives no seats. A repeat changes nothing.
    """
    found = locked(session)
    if found.cancelled_at or found.starts_at <= at:
        return 0
    _drop_leavers(found.places.all(), at)
    return sum(_offer(found, place, at) for place in _next_in_line(found))


def _next_in_line(session: Session) -> list[SessionPlace]:
    return list(session.places.waiting().select_related("person"))


def _drop_leavers(places: QuerySet[SessionPlace], at: datetime) -> int:
    staff = User.objects.employed(timezone.localdate(at)).filter(is_active=True)
    gone = places.filter(cancelled_at=None).exclude(person__in=staff)
    return gone.update(cancelled_at=at, waiting_since=None)


@transaction.atomic
def free_seats_of_leavers(*, at: datetime) -> int:
    """Take whoever has left the company out of the sessions to come; returns how many places that were."""
    one_at_a_time()
    return _drop_leavers(SessionPlace.objects.filter(session__cancelled_at=None, session__starts_at__gt=at), at)


def _offer(session: Session, place: SessionPlace, at: datetime) -> bool:
    """Let the person have a seat, if one is free and nothing stands against it."""
    if is_full(session):
        return False
    if why := obstacle(session, place.person):
        tell_passed_over(session, place, why)
        return False
    if seated := take_seat(place):
        tell_moved_up(session, place, at=at)
    return seated


def take_seat(place: SessionPlace) -> bool:
    """Take the person off the list; the database gives the seat, or keeps whoever is elsewhere from having it."""
    waited = place.waiting_since
    try:
        with transaction.atomic():
            place.waiting_since = None
            place.save(update_fields=["waiting_since"])
    except IntegrityError:
        place.waiting_since = waited
        return False
    return True


def wherever_waiting(people_ids: Sequence[int], *, at: datetime) -> None:
    """Whoever has just become free may now take a seat for which he or she was passed over."""
    waits = SessionPlace.objects.waiting().filter(person__in=people_ids, session__starts_at__gt=at)
    for session in Session.objects.standing().filter(pk__in=waits.order_by().values("session")).order_by("pk"):
        move_up(session, at=at)


def seats_to_fill(*, at: datetime) -> QuerySet[Session]:
    """Sessions to come with somebody waiting although a seat is free."""
    coming = Session.objects.standing().filter(starts_at__gt=at).with_numbers()
    free = Q(capacity=None) | Q(people__lt=F("capacity"))
    return coming.filter(free & Q(waiting__gt=0)).order_by("starts_at", "pk")


def put_in_order(places: Sequence[SessionPlace]) -> None:
    """Let these wait in this order: they share out the moments since which they have waited."""
    moments = sorted(place.waiting_since for place in places if place.waiting_since)
    last: datetime | None = None
    for place, moment in zip(places, moments, strict=True):
        since = moment if last is None or moment > last else last + MOMENT
        if place.waiting_since != since:
            place.waiting_since = since
            place.save(update_fields=["waiting_since"])
        last = since
