"""What happens when a quiz is passed; in a course that was completed before, a better score may earn something."""

from collections.abc import Callable, Sequence
from datetime import datetime

from assessments.attempts.models import Attempt
from trainingsite.core.registry import Registry

# Called in the transaction of the grading with the ids of the enrolments and the moment.
IMPROVED: Registry[Callable[[Sequence[int], datetime], None]] = Registry("improvement hook")
# Called in the transaction of the grading with the attempts by which their people have passed, however often before.
PASSED: Registry[Callable[[Sequence[Attempt], datetime], None]] = Registry("reaction to a passed quiz")


def improved(enrolment_ids: Sequence[int], at: datetime) -> None:
    """Tell everybody who asked to know."""
    for hook in IMPROVED.values():
        hook(enrolment_ids, at)


def passed(attempts: Sequence[Attempt], at: datetime) -> None:
    """Tell everybody who asked to know that these attempts pass."""
    if attempts:
        for hook in PASSED.values():
            hook(attempts, at)
