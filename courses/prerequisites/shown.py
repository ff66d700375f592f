"""The prerequisites of a course as a reader sees them: done, on the way, or still to be taken."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery

from courses.enrolment.models import Enrolment, Scope
from trainingsite.people.models import User

if TYPE_CHECKING:
    from courses.curriculum.models import Course


def needed_for(course: "Course", user: User) -> "list[Course]":
    """What has to be completed before `course`, as far as `user` sees it, in one query.

    Each comes with `is_done`, and with `held`, the user's open enrolment in it or None.
    """
    own = Enrolment.objects.filter(person=user, course=OuterRef("pk"))
    needs = course.prerequisites.visible_to(user).annotate(
        is_done=Exists(own.completed()), held=Subquery(own.open().values("pk")[:1])
    )
    return list(needs.order_by("title", "pk"))


def closed_by(enrolment: Enrolment) -> "list[Course]":
    """The offered courses that keep the enrolment from being begun; each as in `needed_for`."""
    if not enrolment.is_open or enrolment.started_at or enrolment.scope != Scope.FULL:
        return []
    missing = [each for each in needed_for(enrolment.course, enrolment.person) if not each.is_done]  # type: ignore[attr-defined]  # annotated
    if missing and Enrolment.objects.completed().filter(person=enrolment.person, course=enrolment.course).exists():
        return []
    return [each for each in missing if each.status == "published"]
