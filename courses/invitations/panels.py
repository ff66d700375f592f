"""Answers on the page of a session: one's own, and for whoever runs it those of all."""

from collections import Counter
from typing import Any

from courses.sessions.models import Answer, Session, SessionPlace
from courses.sessions.panels_of import SESSION_PANELS, SessionPanel
from courses.sessions.rights import gives, runs
from trainingsite.core import clock
from trainingsite.people.models import User


def own(session: Session, user: User) -> dict[str, Any] | None:
    """What the person answered and may answer instead; the session for the own calendar."""
    if session.cancelled_at or session.starts_at <= clock.now():
        return None
    place = SessionPlace.objects.filter(session=session, person=user, seat__isnull=False).first()
    if place is None and not gives(session, user):
        return None
    waited_for = bool(place and place.signed_up and session.places.waiting().exists())
    return {"place": place, "answer": Answer(place.answer) if place else None, "waited_for": waited_for}


def answers(session: Session, user: User) -> dict[str, Any] | None:
    """How many answered what, and who does not come for sure."""
    if session.cancelled_at or session.starts_at <= clock.now() or not runs(session, user):
        return None
    places = SessionPlace.objects.filter(session=session, seat__isnull=False).select_related("person")
    rows = list(places.order_by("person__sort_key", "pk"))
    counted = Counter(row.answer for row in rows)
    doubtful = [row for row in rows if row.answer in {Answer.DECLINED, Answer.TENTATIVE}]
    numbers = [(answer, counted[answer.value]) for answer in Answer if answer.value]
    return {"numbers": numbers, "open": counted[Answer.NONE], "doubtful": doubtful} if rows else None


SESSION_PANELS.register("answer", SessionPanel(6, "courses/invitations/_own.html", own))
SESSION_PANELS.register("answers", SessionPanel(38, "courses/invitations/_answers.html", answers))
