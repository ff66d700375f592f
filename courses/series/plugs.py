from typing import Any

from courses.acts import VIEW_SESSIONS
from courses.sessions.models import Session
from courses.sessions.panels_of import SESSION_PANELS, SessionPanel
from trainingsite.people.models import User


def neighbours(session: Session, user: User) -> dict[str, Any] | None:
    """The standing sessions of the series before and after this one, for whoever may see the series."""
    if session.series_id is None or not user.may(VIEW_SESSIONS):
        return None
    others = list(Session.objects.visible_to(user).standing().filter(series=session.series_id).order_by("number"))
    before = [each for each in others if each.number < session.number]
    after = [each for each in others if each.number > session.number]
    last = max((each.number for each in others), default=session.number)
    return {"previous": before[-1] if before else None, "next": after[0] if after else None, "of": last}


SESSION_PANELS.register("series", SessionPanel(12, "courses/series/_panel.html", neighbours))
