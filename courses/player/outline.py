"""How far a learner is: the units of an enrolment, each with its state, and where to go on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from courses.curriculum.drafts import in_order
from courses.curriculum.kinds import UNIT_KINDS, assessing_kinds
from courses.curriculum.models import CourseVersion, Unit
from courses.enrolment.models import Enrolment, Scope, UnitProgress


@dataclass(frozen=True)
class Step:
    """One unit on the way: not opened, opened, or done."""

    number: int
    unit: Unit
    progress: UnitProgress | None
    url: str

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.completed_at is not None

    @property
    def is_opened(self) -> bool:
        return self.progress is not None and not self.is_done


@dataclass(frozen=True)
class Outline:
    """The way through a course, as one person goes it."""

    enrolment: Enrolment
    steps: list[Step]

    @cached_property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @cached_property
    def minutes_left(self) -> int:
        return sum(step.unit.minutes for step in self.steps if not step.is_done)

    @cached_property
    def next(self) -> Step | None:
        """Where one stopped: the unit opened last and not done, else the first that is not done."""
        opened = [step for step in self.steps if step.is_opened]
        if opened:
            return max(opened, key=lambda step: step.progress.opened_at if step.progress else step.unit.modified_at)
        return next((step for step in self.steps if not step.is_done), None)

    def around(self, unit: Unit) -> tuple[Step | None, Step | None]:
        """The steps before and after `unit`."""
        place = next(index for index, step in enumerate(self.steps) if step.unit.pk == unit.pk)
        before = self.steps[place - 1] if place else None
        return before, self.steps[place + 1] if place + 1 < len(self.steps) else None


def outlines_of(enrolments: Sequence[Enrolment]) -> list[Outline]:
    """The outline of each enrolment, in two queries however many there are; a third where a version is a past one."""
    units = _units_of({(e.course_id, e.version) for e in enrolments}, _past_orders(enrolments))
    progress = {(row.enrolment_id, row.unit_id): row for row in UnitProgress.objects.filter(enrolment__in=enrolments)}
    return [_outline(e, units[e.course_id, e.version], progress) for e in enrolments]


def _units_of(
    wanted: set[tuple[int, int]], orders: dict[tuple[int, int], list[int]]
) -> dict[tuple[int, int], list[Unit]]:
    """The units of each version of a course that is wanted, in its order; one query."""
    units: dict[int, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(course__in={course for course, _number in wanted}).for_outline():
        units[unit.course_id].append(unit)
    return {
        (course, number): in_order([u for u in units[course] if u.is_in(number)], orders.get((course, number), []))
        for course, number in wanted
    }


def _past_orders(enrolments: Sequence[Enrolment]) -> dict[tuple[int, int], list[int]]:
    """The order of units that past versions had, by course and number."""
    past = [e for e in enrolments if e.version != e.course.version]
    if not past:
        return {}
    numbers, courses = {e.version for e in past}, {e.course_id for e in past}
    found = CourseVersion.objects.filter(course__in=courses, number__in=numbers)
    return {(version.course_id, version.number): version.order for version in found}


def _outline(enrolment: Enrolment, units: Sequence[Unit], progress: dict[tuple[int, int], UnitProgress]) -> Outline:
    kinds = UNIT_KINDS if enrolment.scope == Scope.FULL else assessing_kinds()
    required = [unit for unit in units if unit.kind in kinds]
    steps = [
        Step(number, unit, progress.get((enrolment.pk, unit.pk)), UNIT_KINDS[unit.kind].study_url(unit, enrolment))
        for number, unit in enumerate(required, start=1)
    ]
    return Outline(enrolment, steps)
