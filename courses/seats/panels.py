"""What first pages say of seats: the own sessions that come, and those to which too few people come."""

from datetime import date
from typing import Any

from courses.acts import PLAN, VIEW_COURSES, VIEW_SESSIONS
from courses.seats.mine import coming_for, waits
from courses.seats.minimum import too_few
from courses.seats.openings import offered
from trainingsite.core import clock
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

SHOWN = 4
READ = 10


def coming(user: User, day: date) -> dict[str, Any]:  # noqa: ARG001 - what is over is over at a moment, not on a day
    """The next sessions that the person is in, gives or waits for, and how many there are to sign up for."""
    now = clock.now()
    found = [session for session in coming_for(user, at=now, most=READ) if not session.cancelled_at]
    offers = offered(user, at=now)
    if not (found or offers):
        return {}
    shown = found[:SHOWN]
    return {
        "rows": [session for session in shown if not waits(session)],
        "waits": [session for session in shown if waits(session)],
        "more": len(found) > SHOWN,
        "openings": offers,
        "person": user,
    }


def short(user: User, day: date) -> dict[str, Any]:  # noqa: ARG001 - judged at a moment, not on a day
    """Sessions with too few people: all for planners, the own ones for instructors."""
    found = too_few(at=clock.now()).with_numbers().select_related("room")
    rows = list((found if user.may(PLAN) else found.given_by(user))[: SHOWN + 1])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else {}


PANELS.register("courses.sessions", Panel(VIEW_COURSES, "courses/seats/panel_coming.html", coming, order=25))
PANELS.register("courses.too_few", Panel(VIEW_SESSIONS, "courses/seats/panel_too_few.html", short, order=12))
