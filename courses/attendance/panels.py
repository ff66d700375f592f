"""What the page of a session says of attendance: for whoever runs it the way to screen and roster, else the own."""

from datetime import date
from typing import Any

from django.utils import timezone

from courses.acts import RUN_SESSIONS, VIEW_COURSES
from courses.attendance.actions import held
from courses.attendance.checking_in import open_to, opens_at
from courses.attendance.states import LEVELS, count, presence_of
from courses.sessions.models import Session
from courses.sessions.panels_of import SESSION_PANELS, SessionPanel
from courses.sessions.rights import runs
from trainingsite.core import clock
from trainingsite.core.home.panels import PANELS, Panel
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


def today(user: User, day: date) -> dict[str, Any]:
    """On the first page: what the person can check in to now, and the rosters of the own sessions of the day."""
    coming = list(open_to(user, clock.now(), checked_in=False).select_related("room"))
    mine = Session.objects.given_by(user).standing().filter(starts_at__date=day).select_related("room")
    given = list(mine.order_by("starts_at", "pk")) if user.may(RUN_SESSIONS) else []
    return {"coming": coming, "given": given} if coming or given else {}


PANELS.register("courses.attendance", Panel(VIEW_COURSES, "courses/attendance/panel_today.html", today, order=4))
SESSION_PANELS.register(
    "attendance", SessionPanel(5, "courses/attendance/_panel.html", attendance, styles=("css/attendance.css",))
)
