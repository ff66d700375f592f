"""What the page of a session says of attendance: for whoever runs it the way to screen and roster, else the own."""

from typing import Any

from django.utils import timezone

from courses.attendance.actions import held
from courses.attendance.checking_in import opens_at
from courses.attendance.states import LEVELS, count, presence_of
from courses.sessions.models import Session
from courses.sessions.panels_of import SESSION_PANELS, SessionPanel
from courses.sessions.rights import runs
from trainingsite.core import clock
from trainingsite.people.models import User


def attendance(session: Session, user: User) -> dict[str, Any] | None:
    """The numbers for who runs it, from its day on; nothing when there is nothing to do or to know."""
    now = clock.now()
    if session.cancelled_at or timezone.localdate(session.starts_at) > timezone.localdate(now):
        return None
    if runs(session, user):
        return {"runs": True, "count": count(held(session)), "over": session.ends_at <= now}
    place = session.places.filter(person=user, cancelled_at=None).first()
    if place is None:
        return None
    presence, begin = presence_of(place), opens_at(session)
    level = LEVELS[presence] if presence else "neutral"
    state = {"open": begin <= now < session.ends_at, "over": session.ends_at <= now, "opens_at": begin}
    return {"runs": False, "place": place, "presence": presence, "level": level, **state}


SESSION_PANELS.register(
    "attendance", SessionPanel(20, "courses/attendance/_panel.html", attendance, styles=("css/attendance.css",))
)
