"""Where rubrics grade: each room that grades by one registers how to tell whether it has."""

from collections.abc import Callable

from courses.rubrics.models import Rubric
from trainingsite.core.registry import Registry

# Gives whether something was graded by the rubric; it then stays as it was.
GRADED_BY: Registry[Callable[[Rubric], bool]] = Registry("use of rubrics")


def is_frozen(rubric: Rubric) -> bool:
    """Whether something was graded by the rubric, so that its criteria have to stay."""
    return any(graded(rubric) for graded in GRADED_BY.values())
