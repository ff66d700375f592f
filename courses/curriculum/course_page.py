"""What the page of a course shows to whom: what learners have, or the draft beside it."""

from typing import Any

from django.db.models import Count, Q

from courses.acts import EDIT_COURSES, IMPORT_PACKS, LEARN, PUBLISH_COURSES, VIEW_ENROLMENTS
from courses.competencies.taught import taught_by
from courses.curriculum.differences import Differences, differences, rows_of
from courses.curriculum.kinds import UNIT_KINDS
from courses.curriculum.models import Course, CourseStatus, CourseVersion, VersionStatus, sees_versions
from courses.prerequisites.shown import needed_for
from trainingsite.core import clock
from trainingsite.people.models import User

LEARNERS, DRAFT = "learners", "draft"


def powers(user: User) -> dict[str, bool]:
    """What the person may do with courses, for the buttons."""
    return {
        "may_edit": user.may(EDIT_COURSES),
        "may_publish": user.may(PUBLISH_COURSES),
        "may_import": user.may(IMPORT_PACKS),
        "may_learn": user.may(LEARN),
    }


def versions_of(course: Course, user: User) -> list[CourseVersion]:
    """The versions that the person may look at, the latest first."""
    seen = CourseVersion.objects.visible_to(user).filter(course=course)
    found = list(seen.select_related("created_by", "sent_by", "reviewed_by").order_by("-number"))
    for version in found:
        version.course = course
    return found


def outline_context(course: Course, user: User, view: str = "") -> dict[str, Any]:
    """The outline that `view` asks for (the draft first, for those who write it), and what may be done with it."""
    versions = versions_of(course, user)
    draft = next((version for version in versions if version.is_open), None)
    if course.status == CourseStatus.DRAFT and draft is None:
        draft = CourseVersion(course=course, number=course.version)
    writes = user.may(EDIT_COURSES)
    shows_draft = draft is not None and (course.status == CourseStatus.DRAFT or (view or _usual(user)) == DRAFT)
    shown = _differences(course, draft if shows_draft else None)
    return {
        "course": course,
        "versions": versions,
        "draft": draft,
        "view": DRAFT if shows_draft else LEARNERS,
        "differences": shown,
        "units": [row.unit for row in shown.rows if row.state != "removed"],
        "editable": writes and shows_draft and draft is not None and draft.status == VersionStatus.DRAFT,
        "may_look": sees_versions(user),
        "kinds": UNIT_KINDS.items(),
        **powers(user),
    }


def page_context(course: Course, user: User, view: str = "") -> dict[str, Any]:
    """Everything on the page."""
    context = outline_context(course, user, view)
    return {
        **context,
        "minutes": sum(unit.minutes for unit in context["units"]) or course.own_minutes or 0,
        "needed": needed_for(course, user),
        "taught": taught_by(course),
        "enrolment": user.enrolments.open().filter(course=course).first() if user.may(LEARN) else None,
        "counts": _learner_counts(course, user) if user.may(VIEW_ENROLMENTS) else None,
    }


def _usual(user: User) -> str:
    return DRAFT if user.may(EDIT_COURSES) else LEARNERS


def _differences(course: Course, draft: CourseVersion | None) -> Differences:
    if draft is not None:
        return differences(draft)
    return Differences(rows_of(list(course.units.in_use().for_outline())))


def _learner_counts(course: Course, user: User) -> dict[str, int]:
    """How many of the people whose data `user` sees are where in the course."""
    is_open = Q(completed_at=None, withdrawn_at=None)
    return course.enrolments.visible_to(user).aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=clock.today())),
        completed=Count("pk", filter=Q(completed_at__isnull=False)),
    )
