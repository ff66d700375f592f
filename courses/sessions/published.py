"""What is published of a session: kept with each notice, so that a mail that is sent again says the same."""

from collections.abc import Callable, Iterable
from typing import Any

from courses.sessions.models import Session, Teaching
from trainingsite.core.registry import Registry

# Called in the transaction in which people are told of a session: the session, the kind of notice.
TOLD: Registry[Callable[[Session, str], object]] = Registry("what follows when people are told of a session")


def spread(session: Session, kind: str) -> None:
    """Let everybody who registered know that people were told."""
    for follow in TOLD.values():
        follow(session, kind)


def published(session: Session, teachings: Iterable[Teaching] | None = None) -> dict[str, Any]:
    """The session as calendars hold it, numbered by its `sequence`; rooms and people by their names of this moment.

    Who reads many hands in the `teachings` of each, with instructors and people.
    """
    if teachings is None:
        teachings = session.teachings.select_related("instructor__person").order_by("pk")
    room = session.room
    return {
        "uid": str(session.token),
        "session": session.pk,
        "sequence": session.sequence,
        "title": session.title,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "changed_at": session.modified_at.isoformat(),
        "room": " ".join(filter(None, [room.building, room.name])) if room else "",
        "join_url": session.join_url,
        "agenda": session.agenda,
        "instructors": [[each.instructor.person_id, str(each.instructor)] for each in teachings],
        "cancelled": session.cancelled_at is not None,
        "reason": session.cancelled_reason,
    }
