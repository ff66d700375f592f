"""Make and change programmes. Giving them to people stands in `assigning`, what falls out of that in `exceptions`."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from courses.curriculum.models import Course, CourseStatus
from courses.curriculum.names import free_slug, slug_of
from courses.programmes.assigning import assign, assign_at_once, carry_out
from courses.programmes.exceptions import exempt, extend_exception
from courses.programmes.models import Programme, ProgrammeCourse
from trainingsite.core.errors import Refused

__all__ = [
    "archive",
    "assign",
    "assign_at_once",
    "carry_out",
    "exempt",
    "extend_exception",
    "restore",
    "save_programme",
]


@transaction.atomic
def save_programme(
    programme: Programme | None, *, title: str, summary: str = "", courses: Sequence[Course], code: str = ""
) -> Programme:
    """Make or change a programme of these courses in this order.

    Who was given the programme before keeps the courses of that day. A course may stay in it after it was retired, but
    none that is not published can be added.
    """
    kept = set(programme.items.values_list("course_id", flat=True)) if programme else set()
    if any(course.status != CourseStatus.PUBLISHED and course.pk not in kept for course in courses):
        raise Refused(_("Only published courses can be added."), field="courses", code="course_not_published")
    if not courses:
        raise Refused(_("Choose at least one course."), field="courses", code="no_course")
    programme = programme or Programme(code=code or _free_code(title))
    programme.title, programme.summary = title, summary
    programme.save()
    _set_courses(programme, courses)
    Programme.objects.filter(pk=programme.pk).update(modified_at=Now())  # other courses are a change of the programme
    return programme


def _free_code(title: str) -> str:
    slug = slug_of(title, otherwise="programme")
    return free_slug(slug, set(Programme.objects.filter(code__startswith=slug[:60]).values_list("code", flat=True)))


def _set_courses(programme: Programme, courses: Sequence[Course]) -> None:
    programme.items.exclude(course__in=courses).delete()
    ProgrammeCourse.objects.bulk_create(
        [ProgrammeCourse(programme=programme, course=course, position=n) for n, course in enumerate(courses)],
        update_conflicts=True,
        unique_fields=["programme", "course"],
        update_fields=["position"],
    )


def archive(programme: Programme, *, at: datetime) -> None:
    """Keep the programme and its history, but give it to nobody any more."""
    Programme.objects.filter(pk=programme.pk, archived_at=None).update(archived_at=at)


def restore(programme: Programme) -> None:
    """Take the programme out of the archive."""
    Programme.objects.filter(pk=programme.pk).update(archived_at=None)
