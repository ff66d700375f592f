"""Items that are courses: people are enrolled with the window of the stage."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.curriculum.kinds import assessing_kinds
from courses.curriculum.models import Course, CourseStatus, Unit
from courses.enrolment.cohorts import Part, enrol_cohorts, withdraw_open
from courses.enrolment.models import Enrolment, Scope
from courses.programmes.kinds import ITEM_KINDS, Cohort, Facts, ItemKind
from courses.programmes.models import Assignment, Item
from courses.programmes.reasons import left_reason


class CourseChoice(forms.ModelChoiceField[Course]):
    """Published courses, under the headings of their topics."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Course.objects.published().select_related("topic").order_by("topic__position", "title"), **kwargs
        )


def _fields() -> dict[str, forms.Field]:
    return {
        "object": CourseChoice(label=gettext_lazy("Course"), empty_label=gettext_lazy("Choose a course")),
        "scope": forms.ChoiceField(label=gettext_lazy("Extent"), choices=Scope.choices, initial=Scope.FULL),
    }


def _facts(items: Sequence[Item]) -> dict[int, Facts]:
    courses = Course.objects.in_bulk([item.object_id for item in items if item.object_id])
    minutes = _minutes(list(courses))
    return {item.pk: _fact(item, courses.get(item.object_id or 0), minutes) for item in items}


def _minutes(courses: list[int]) -> dict[tuple[int, str], int]:
    """The minutes of the units in use of each course, for the whole of it and for its tests."""
    units = Unit.objects.in_use().filter(course__in=courses).order_by().values("course")
    totals = units.annotate(full=Sum("minutes"), tests=Sum("minutes", filter=Q(kind__in=assessing_kinds())))
    found: dict[tuple[int, str], int] = {}
    for row in totals:
        found[row["course"], Scope.FULL] = row["full"] or 0
        found[row["course"], Scope.ASSESSMENT] = row["tests"] or 0
    return found


def _fact(item: Item, course: Course | None, minutes: dict[tuple[int, str], int]) -> Facts:
    if course is None:
        wanted = item.settings.get("wanted", "")
        title = _("Choose a course: %(wanted)s") % {"wanted": wanted} if wanted else _("Choose a course")
        return Facts(title, problems=(_("no course is chosen yet"),))
    problems = () if course.status == CourseStatus.PUBLISHED else (_("the course is not published"),)
    title = str(course) if item.scope == Scope.FULL else _("%(course)s (quiz only)") % {"course": course}
    own = course.own_minutes or 0 if item.scope == Scope.FULL else 0
    return Facts(title, minutes.get((course.pk, item.scope), own), reverse("course", args=[course.pk]), problems)


def _give(assignment: Assignment, items: Sequence[Item], cohorts: Sequence[Cohort], *, on: date) -> int:
    given = [(cohort.people, _parts(items, cohort, on)) for cohort in cohorts]
    return enrol_cohorts(assignment, given, on=on, again=left_reason())


def _parts(items: Sequence[Item], cohort: Cohort, on: date) -> list[Part]:
    parts = []
    for item in items:
        window = cohort.windows[item.stage_id]
        if item.object_id:
            parts.append(Part(item.object_id, item.scope, window.opens_on, max(window.due_on, on)))
    return parts


def _done(
    assignment: Assignment,
    items: Sequence[Item],
    people: Collection[int],
    *,
    on: date,  # noqa: ARG001 - a completion is never undone
) -> dict[int, set[int]]:
    """Completed since the day of the assignment, whoever gave the course."""
    found: dict[int, set[int]] = {item.object_id: set() for item in items if item.object_id}
    completed = Enrolment.objects.completed().filter(
        course__in=found, person__in=people, completed_at__date__gte=assignment.assigned_on
    )
    for course, person in completed.values_list("course_id", "person_id"):
        found[course].add(person)
    return {item.pk: found.get(item.object_id or 0, set()) for item in items}


def _take_back(assignment: Assignment, people: Collection[int], *, reason: str, at: datetime) -> None:
    withdraw_open(assignment, list(people), reason=reason, at=at)


ITEM_KINDS.register(
    "course",
    ItemKind(
        gettext_lazy("Course"), "book", facts=_facts, done=_done, fields=_fields, give=_give, take_back=_take_back
    ),
)
