"""What other rooms do when something happens to a session."""

from collections.abc import Callable
from datetime import datetime

from courses.sessions.models import Session
from trainingsite.core.registry import Registry

# Called in the transaction that took people out or added seats: the session, the moment.
SEATS_FREED: Registry[Callable[[Session, datetime], object]] = Registry("reaction to freed seats")


def seats_freed(session: Session, at: datetime) -> None:
    """Tell everybody who registered that the session has seats that it did not have."""
    for react in SEATS_FREED.values():
        react(session, at)
