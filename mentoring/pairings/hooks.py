"""What follows the end of a pairing; other rooms register."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from trainingsite.core.registry import Registry

if TYPE_CHECKING:
    from mentoring.pairings.models import Pairing

# Called in the transaction of the end with the pairing and the moment.
ENDED: "Registry[Callable[[Pairing, datetime], None]]" = Registry("reaction to the end of a pairing")


def ended(pairing: "Pairing", at: datetime) -> None:
    """Tell everybody who asked to know."""
    for react in ENDED.values():
        react(pairing, at)
