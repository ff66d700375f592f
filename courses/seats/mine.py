"""A person's own sessions: waited for, coming, past."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from courses.seats.queue import with_turn
from courses.sessions.models import Session, SessionPlace, Teaching
from trainingsite.people.models import User

MOST = 50


def waits_of(user: User, *, at: datetime) -> list[SessionPlace]:
    """Where the person waits for a seat, each with `turn`, the next session first."""
    places = SessionPlace.objects.waiting().filter(person=user, session__cancelled_at=None, session__starts_at__gt=at)
    rows = with_turn(places).select_related("session__room").prefetch_related(_teachings("session__teachings"))
    return list(rows.order_by("session__starts_at", "pk")[:MOST])


def coming_for(user: User, *, at: datetime, most: int = MOST) -> list[Session]:
    """What the person has a seat in or gives and is not over, called off or not, the next first.

    `own` holds the person's place, if any.
    """
    own = Prefetch("places", SessionPlace.objects.filter(person=user, cancelled_at=None), to_attr="own")
    waits = SessionPlace.objects.waiting().filter(person=user).order_by().values("session")
    found = Session.objects.of(user).filter(ends_at__gt=at).exclude(pk__in=waits)
    rows = found.select_related("room").prefetch_related(_teachings("teachings"), own)
    return list(rows.order_by("starts_at", "pk")[:most])


def past_places(user: User, *, at: datetime) -> QuerySet[SessionPlace]:
    """The seats that the person had in sessions that are over, the latest first."""
    places = SessionPlace.objects.held().filter(person=user, session__ends_at__lte=at)
    return places.select_related("session__room").order_by("-session__starts_at", "-pk")


def _teachings(path: str) -> Prefetch[str, QuerySet[Teaching], str]:
    return Prefetch(path, Teaching.objects.select_related("instructor__person").order_by("pk"))
