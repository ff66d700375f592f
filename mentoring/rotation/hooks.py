"""What follows when a rotation is finished; other rooms register."""

from collections.abc import Callable, Sequence
from datetime import datetime

from trainingsite.core.registry import Registry

# Called in the transaction that finished them, with the ids of the rotations and the moment.
FINISHED: Registry[Callable[[Sequence[int], datetime], None]] = Registry("reaction to a finished rotation")


def finished(rotation_ids: Sequence[int], at: datetime) -> None:
    """Tell everybody who asked to know."""
    for react in FINISHED.values():
        react(rotation_ids, at)
