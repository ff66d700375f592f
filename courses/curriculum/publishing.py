"""When a course is fit to be learnt."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils.translation import gettext as _

from courses.curriculum.kinds import UNIT_KINDS
from courses.curriculum.models import Course, CourseStatus, Unit
from trainingsite.core.errors import Refused


class NotReady(Refused):
    """A course cannot be learnt as it is; `problems` says everything that is wrong, in words."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems), code="not_ready")
        self.problems = list(problems)


def problems_of(course: Course, units: Sequence[Unit] | None = None) -> list[str]:
    """Everything that keeps the course from being published with these units (those in use), in words."""
    units = list(course.units.in_use()) if units is None else units
    problems = [] if units else [_("The course has no unit yet.")]
    if course.topic.retired_at:
        problems.append(_("The topic “%(topic)s” is retired; choose another.") % {"topic": course.topic})
    return problems + [problem for unit in units for problem in problems_of_unit(unit)]


def problems_of_unit(unit: Unit) -> list[str]:
    """What is wrong with one unit, by its kind."""
    if unit.kind not in UNIT_KINDS:
        return [_("“%(unit)s” is of an unknown kind: %(kind)s.") % {"unit": unit, "kind": unit.kind}]
    return UNIT_KINDS[unit.kind].problems(unit)


@contextmanager
def kept_fit(course: Course) -> Iterator[None]:
    """Refuse, at the end of the block, a change that made a published course less fit to be learnt than before."""
    if course.status != CourseStatus.PUBLISHED:
        yield
        return
    before = problems_of(course)
    yield
    if problems := [problem for problem in problems_of(course) if problem not in before]:
        raise NotReady([_("The course is published, so it has to stay complete."), *problems])
