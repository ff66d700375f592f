"""What the first page says of sessions: when and where the person's next ones are."""

from datetime import date
from typing import Any

from courses.acts import VIEW_COURSES
from courses.sessions.models import Session
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

SHOWN = 4


def coming(user: User, day: date) -> dict[str, Any]:
    """The sessions from today on that the person takes part in or gives."""
    found = Session.objects.standing().of(user).filter(starts_at__date__gte=day).with_where_and_who()
    rows = list(found.order_by("starts_at", "pk")[: SHOWN + 1])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "person": user} if rows else {}


PANELS.register("courses.sessions", Panel(VIEW_COURSES, "courses/sessions/panel_coming.html", coming, order=25))
