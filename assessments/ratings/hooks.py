"""What follows when levels change: points, paths and others that rest on levels register."""

from collections.abc import Callable, Sequence
from datetime import datetime

from assessments.ratings.models import LevelChange
from trainingsite.core.registry import Registry

# Called in the transaction of the change, once a batch, with the changes and the moment.
LEVELS_MOVED: Registry[Callable[[Sequence[LevelChange], datetime], None]] = Registry("level hook")


def moved(changes: Sequence[LevelChange], at: datetime) -> None:
    """Tell everybody who asked to know."""
    if changes:
        for hook in LEVELS_MOVED.values():
            hook(changes, at)
