"""The sessions' own parts of the page of one: what it is about, who comes, giving places."""

from collections import Counter
from typing import Any

from courses.acts import PLAN, VIEW_SESSIONS
from courses.sessions.models import Answer, Session, SessionPlace
from courses.sessions.panels_of import SESSION_PANELS, SessionPanel
from courses.sessions.rights import may_join, runs
from trainingsite.core import clock
from trainingsite.people.models import User


def about(session: Session, user: User) -> dict[str, Any]:
    """What it is about, for whoever sees the page; the link to join is not for everybody."""
    joins = bool(session.join_url) and may_join(session, user)
    return {"teachings": list(session.teachings.all()), "joins": joins}


def roster(session: Session, user: User) -> dict[str, Any] | None:
    """Who comes: all for whoever runs it, their own people for supervisors, nobody for trainees."""
    keeps = runs(session, user)
    if not (keeps or user.may(VIEW_SESSIONS)):
        return None
    places = SessionPlace.objects.filter(session=session, seat__isnull=False)
    rows = places if keeps else places.visible_to(user)
    people = list(rows.select_related("person", "person__department").order_by("person__sort_key", "pk"))
    answered = Counter(row.answer for row in people)
    data = {"places": people, "over": session.ends_at <= clock.now(), "can_take_out": keeps and _is_coming(session)}
    return {**data, "answers": [(answer, answered[answer]) for answer in Answer if answer.value and answered[answer]]}


def giving(session: Session, user: User) -> dict[str, Any] | None:
    """People are found by name and get a place, before it begins."""
    return {} if _can_place(session, user) else None


def _can_place(session: Session, user: User) -> bool:
    return user.may(PLAN) and _is_coming(session)


def _is_coming(session: Session) -> bool:
    return not session.cancelled_at and session.starts_at > clock.now()


SESSION_PANELS.register("about", SessionPanel(10, "courses/sessions/_about.html", about))
SESSION_PANELS.register("roster", SessionPanel(40, "courses/sessions/_roster.html", roster))
SESSION_PANELS.register(
    "giving",
    SessionPanel(45, "courses/sessions/_giving.html", giving, scripts=("js/board.js",), styles=("css/board.css",)),
)
