"""What happens when an item, or all that is required, is signed off; higher apps register (evidence, points)."""

from collections.abc import Callable
from datetime import datetime

from courses.checklists.models import SignOff
from trainingsite.core.registry import Registry

# Called in the transaction of the sign-off with the fact and the moment (evidence).
SIGNED: Registry[Callable[[SignOff, datetime], None]] = Registry("sign-off hook")
# Called with the last sign-off that a checklist requires; again when it was taken back and given anew (points).
CHECKED: Registry[Callable[[SignOff, datetime], None]] = Registry("reaction to a signed checklist")


def signed(sign_off: SignOff, at: datetime) -> None:
    """Tell everybody who asked to know of an item."""
    for hook in SIGNED.values():
        hook(sign_off, at)


def checked(sign_off: SignOff, at: datetime) -> None:
    """Tell everybody who asked to know of a whole checklist."""
    for hook in CHECKED.values():
        hook(sign_off, at)
