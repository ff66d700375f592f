"""What happens when attempts are graded, when a quiz is passed, and when that is in a course completed before."""

from collections.abc import Callable, Sequence
from datetime import datetime

from assessments.attempts.models import Attempt
from trainingsite.core.registry import Registry

# Called in the transaction of the grading with the ids of the enrolments and the moment.
IMPROVED: Registry[Callable[[Sequence[int], datetime], None]] = Registry("improvement hook")
# Called in the transaction of the grading with the attempts by which their people have passed, however often before.
PASSED: Registry[Callable[[Sequence[Attempt], datetime], None]] = Registry("reaction to a passed quiz")
# Called in the transaction in which marks were written, with the ids of the attempts graded now or again.
GRADED: Registry[Callable[[Sequence[int], datetime], None]] = Registry("grading hook")


def improved(enrolment_ids: Sequence[int], at: datetime) -> None:
    """Tell everybody who asked to know."""
    for hook in IMPROVED.values():
        hook(enrolment_ids, at)


def passed(attempts: Sequence[Attempt], at: datetime) -> None:
    """Tell everybody who asked to know that these attempts pass."""
    if attempts:
        for hook in PASSED.values():
            hook(attempts, at)


def graded(attempt_ids: Sequence[int], at: datetime) -> None:
    """Tell everybody who asked to know of attempts that are graded now, or were graded again."""
    if attempt_ids:
        for hook in GRADED.values():
            hook(attempt_ids, at)
