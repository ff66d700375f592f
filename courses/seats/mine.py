"""A person's own sessions: waited for, coming, past."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from courses.seats.queue import with_turn
from courses.sessions.models import Session, SessionPlace
from trainingsite.people.models import User

MOST = 50


def coming_for(user: User, *, at: datetime, most: int = MOST) -> list[Session]:
    """What the person has a seat in, waits for or gives and is not over, called off or not, the next first.

    `own` holds the person's place, if any, with its `turn` when it waits.
    """
    own = with_turn(SessionPlace.objects.filter(person=user, cancelled_at=None))
    found = Session.objects.of(user).filter(ends_at__gt=at).with_where_and_who()
    return list(found.prefetch_related(Prefetch("places", own, to_attr="own")).order_by("starts_at", "pk")[:most])


def waits(session: Session) -> bool:
    """Whether the person for whom it was read waits for a seat in it, which may still come."""
    own: list[SessionPlace] = getattr(session, "own", [])
    return any(place.waiting_since for place in own) and not session.cancelled_at


def runs_at(session: Session, at: datetime) -> bool:
    """Whether it has begun, was not called off, and the person has more to do with it than to wait."""
    return session.starts_at <= at and not session.cancelled_at and not waits(session)


def past_places(user: User, *, at: datetime) -> QuerySet[SessionPlace]:
    """The seats that the person had in sessions that are over, the latest first."""
    places = SessionPlace.objects.held().filter(person=user, session__ends_at__lte=at)
    return places.select_related("session__room").order_by("-session__starts_at", "-pk")
