"""What happens when a quiz is passed in a course completed before: a better score may earn something."""

from collections.abc import Callable, Sequence
from datetime import datetime

from trainingsite.core.registry import Registry

# Called in the transaction of the grading with the ids of the enrolments and the moment.
IMPROVED: Registry[Callable[[Sequence[int], datetime], None]] = Registry("improvement hook")


def improved(enrolment_ids: Sequence[int], at: datetime) -> None:
    """Tell everybody who asked to know."""
    for hook in IMPROVED.values():
        hook(enrolment_ids, at)
