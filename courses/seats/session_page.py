"""The seats' parts of a session's page: how one stands to it, how far the sign-up is, and who waits."""

from typing import Any

from courses.seats.openings import opening
from courses.seats.queue import with_turn
from courses.series.models import Entry
from courses.sessions.models import Session, SessionPlace
from courses.sessions.panels_of import SESSION_PANELS, SessionPanel
from courses.sessions.rights import gives, runs
from trainingsite.core import clock
from trainingsite.people.models import User

SHOWN = 20
STYLES = ("css/seats.css",)


def own(session: Session, user: User) -> dict[str, Any] | None:
    """To sign up, to wait or to give it up, until it begins; nothing for whoever was assigned or may not sign up."""
    now = clock.now()
    if session.cancelled_at or session.starts_at <= now:
        return None
    place = session.places.filter(person=user, cancelled_at=None).first()
    if not (place.signed_up or place.waiting_since if place else _is_invited(session, user)):
        return None
    return {"stand": opening(session, user, at=now)}


def _is_invited(session: Session, user: User) -> bool:
    if session.entry != Entry.SIGN_UP or gives(session, user):
        return False
    return Session.objects.open_to(user).filter(pk=session.pk).exists()


def progress(session: Session, user: User) -> dict[str, Any] | None:
    """How many have a seat, how many wait, how many are needed by when; for whoever runs it, until it begins."""
    now = clock.now()
    if not _is_kept(session, user) or not (session.entry == Entry.SIGN_UP or session.minimum):
        return None
    places = session.places.filter(cancelled_at=None)
    people = places.filter(seat__isnull=False).count()
    closed = session.sign_up_until is not None and session.sign_up_until <= now
    gone = session.places.filter(cancelled_at__isnull=False, signed_up=True).select_related("person")
    left = list(gone.order_by("-cancelled_at", "pk")[:SHOWN])
    return {"people": people, "short": bool(session.too_few_at), "closed": closed, "left": left}


def line(session: Session, user: User) -> dict[str, Any] | None:
    """Who waits, in order; nothing when nobody does."""
    if not _is_kept(session, user):
        return None
    waiting = with_turn(session.places.waiting()).select_related("person__department")
    rows = list(waiting)
    full = session.capacity is not None and _seated(session) >= session.capacity
    return {"rows": rows, "full": full} if rows else None


def _seated(session: Session) -> int:
    return SessionPlace.objects.filter(session=session, seat__isnull=False).count()


def _is_kept(session: Session, user: User) -> bool:
    """That the person runs the session, and there is still something to do."""
    return runs(session, user) and not session.cancelled_at and session.starts_at > clock.now()


SESSION_PANELS.register("seats-own", SessionPanel(5, "courses/seats/_own.html", own, styles=STYLES))
SESSION_PANELS.register("seats-progress", SessionPanel(8, "courses/seats/_progress.html", progress))
SESSION_PANELS.register("seats-line", SessionPanel(42, "courses/seats/_line.html", line, styles=STYLES))
