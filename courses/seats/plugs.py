"""What this room plugs in: notices, what follows a freed seat, audiences that may sign up, its pages' places."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import LEARN
from courses.audiences.hooks import USED_BY, Use
from courses.seats import notices, panels, session_page
from courses.seats.queue import move_up
from courses.sessions.hooks import SEATS_FREED
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.core.navigation import Place, register

__all__ = ["notices", "panels", "session_page"]  # they register kinds of notices, panels, parts of a session's page

register(Place(_("My sessions"), "calendar-event", "my-sessions", act=LEARN, section="learn", order=30))
register(Place(_("Sessions to sign up for"), "calendar-plus", "session-openings", act=LEARN, section="learn", order=31))


@SEATS_FREED.registers("seats")
def fill(session: Session, at: datetime) -> None:
    """Seats that were freed or added go to those who wait."""
    move_up(session, at=at)


@USED_BY.registers("sessions")
def sessions_of(audience_ids: Sequence[int]) -> Iterable[Use]:
    """The sessions that the audiences may sign up for; those to come follow the members."""
    now = clock.now()
    for session in Session.objects.filter(audience__in=audience_ids).order_by("-starts_at", "-pk"):
        standing = session.cancelled_at is None and session.starts_at > now
        kind, url = str(pgettext_lazy("one", "Session")), reverse("session", args=[session.pk])
        yield Use(session.audience_id or 0, kind, str(session), url, standing=standing)
