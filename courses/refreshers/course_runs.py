"""Refreshers that give a course again: its quiz alone, or the whole of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.curriculum.kinds import assessing_kinds
from courses.curriculum.models import Course, CourseStatus, Unit
from courses.enrolment.actions import enrol_many
from courses.enrolment.models import Enrolment, Scope
from courses.enrolment.notices import study_url
from courses.refreshers.models import Occurrence, Refresher
from courses.refreshers.whats import WHATS, Result, What
from trainingsite.core.errors import Refused


def tested() -> QuerySet[Course]:
    """The published courses that test what was learnt."""
    tests = Unit.objects.in_use().filter(course=OuterRef("pk"), kind__in=assessing_kinds())
    return Course.objects.published().filter(Exists(tests))


def give(scope: Scope, occurrence: Occurrence, people_ids: Sequence[int], *, at: datetime) -> int:
    """Enrol everybody who does not have the course open; returns how many."""
    return enrol_many(
        people_ids,
        _course_of(occurrence.refresher),
        on=timezone.localdate(at),
        due_on=occurrence.due_on,
        occurrence=occurrence,
        scope=scope,
        tell=False,
    )


def _course_of(refresher: Refresher) -> Course:
    assert refresher.course is not None  # noqa: S101 - the database holds it for these kinds
    return refresher.course


def results(occurrences: Sequence[Occurrence]) -> dict[int, Result]:
    """Of the enrolments that were not withdrawn, how many are completed; a quiz is completed by passing it."""
    standing = Enrolment.objects.filter(occurrence__in=[each.pk for each in occurrences], withdrawn_at=None)
    done = Count("pk", filter=Q(completed_at__isnull=False))
    rows = standing.order_by().values_list("occurrence").annotate(total=Count("pk"), done=done)
    return {pk: Result(total, completed) for pk, total, completed in rows if pk is not None}


def unfinished(occurrence: Occurrence) -> list[tuple[int, str]]:
    """Who still has it open, with the page to learn on; whoever has a deadline of the own is reminded of that one."""
    rows = Enrolment.objects.open().filter(occurrence=occurrence, due_on=occurrence.due_on)
    return [(person, study_url(pk)) for pk, person in rows.order_by("pk").values_list("pk", "person_id")]


def links(occurrences: Sequence[Occurrence]) -> dict[int, str]:
    """The enrolments of each run."""
    return {each.pk: f"{reverse('enrolments')}?state=all&occurrence={each.pk}" for each in occurrences}


def about(refresher: Refresher) -> str:
    return _course_of(refresher).title


def minutes(refresher: Refresher, *, tests: bool) -> int:
    """How long the units take that are asked for."""
    units = Unit.objects.in_use().filter(course=refresher.course_id)
    asked = units.filter(kind__in=assessing_kinds()) if tests else units
    return int(asked.aggregate(all=Sum("minutes"))["all"] or 0)


def _course_field(courses: Callable[[], QuerySet[Course]]) -> dict[str, forms.Field]:
    return {"course": forms.ModelChoiceField(courses().order_by("title"), label=gettext_lazy("Course"))}


def check_course(cleaned: Mapping[str, Any]) -> Course:
    """The published course among the values; refused when there is none."""
    course = cleaned.get("course")
    if course is None:
        raise Refused(_("Choose a course."), field="course", code="course_missing")
    if course.status != CourseStatus.PUBLISHED:
        raise Refused(_("Only a published course can be given to people."), field="course", code="course_not_published")
    found: Course = course
    return found


def check_quiz(cleaned: Mapping[str, Any]) -> None:
    """Refused besides when the course tests nothing."""
    if not tested().filter(pk=check_course(cleaned).pk).exists():
        raise Refused(_("This course has no quiz to repeat."), field="course", code="course_without_quiz")


WHATS.register(
    "quiz",
    What(
        label=pgettext_lazy("refresher", "The quiz of a course"),
        icon="list-check",
        open=partial(give, Scope.ASSESSMENT),
        results=results,
        unfinished=unfinished,
        links=links,
        about=about,
        minutes=partial(minutes, tests=True),
        fields=partial(_course_field, tested),
        check=check_quiz,
    ),
)
WHATS.register(
    "course",
    What(
        label=pgettext_lazy("refresher", "A whole course"),
        icon="book",
        open=partial(give, Scope.FULL),
        results=results,
        unfinished=unfinished,
        links=links,
        about=about,
        minutes=partial(minutes, tests=False),
        fields=partial(_course_field, Course.objects.published),
        check=check_course,
    ),
)
