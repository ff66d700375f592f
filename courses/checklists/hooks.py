"""What happens when all that a checklist requires is signed off; higher apps register (points)."""

from collections.abc import Callable
from datetime import datetime

from courses.checklists.models import SignOff
from trainingsite.core.registry import Registry

# Called in the transaction of the last sign-off, with it and the moment; again when it was taken back and given anew.
CHECKED: Registry[Callable[[SignOff, datetime], None]] = Registry("reaction to a signed checklist")


def checked(sign_off: SignOff, at: datetime) -> None:
    """Tell everybody who asked to know."""
    for hook in CHECKED.values():
        hook(sign_off, at)
