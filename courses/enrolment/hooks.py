"""What happens when a course is completed; higher apps register (certificates, points)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from trainingsite.core.registry import Registry

# Called in the transaction of the completion with the ids of the enrolments and the moment.
COMPLETED: Registry[Callable[[Sequence[int], datetime], None]] = Registry("completion hook")


def completed(enrolment_ids: Sequence[int], at: datetime) -> None:
    """Tell everybody who asked to know."""
    if enrolment_ids:
        for hook in COMPLETED.values():
            hook(enrolment_ids, at)
