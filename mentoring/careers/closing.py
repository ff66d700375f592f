"""What is closed by itself: nominations that can no longer come true, and places on the reserve list."""

from datetime import datetime

from mentoring.careers.models import CareerStep, Nomination, NominationState, ReserveQuerySet
from mentoring.careers.telling import tell_lapsed


def lapse(nomination: Nomination, reason: str, *, at: datetime) -> Nomination:
    """Close a nomination, locked by the caller, that can no longer come true; those who asked are told why."""
    nomination.state, nomination.lapsed_reason = NominationState.LAPSED, reason
    nomination.decided_at = nomination.decided_at or at
    nomination.save(update_fields=["state", "lapsed_reason", "decided_at"])
    tell_lapsed(nomination)
    return nomination


def lapse_open(step: CareerStep, reason: str, *, at: datetime) -> None:
    """Close what waits for a decision on the step."""
    waiting = step.nominations.open().select_related("person", "step__from_position", "step__to_position")
    for nomination in waiting.select_for_update(of=("self",)).order_by("pk"):
        lapse(nomination, reason, at=at)


def take_off(rows: ReserveQuerySet, *, reason: str, at: datetime) -> int:
    """Take these places off the reserve list, one by one, so that the trail has each."""
    number = 0
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        row.removed_at, row.removed_reason = at, reason
        row.save(update_fields=["removed_at", "removed_reason"])
        number += 1
    return number
