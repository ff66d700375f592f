"""What programmes tell audiences: who uses one, and what a change of its members would open and close."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.audiences.hooks import CONSEQUENCES, USED_BY, Consequences, Use
from courses.enrolment.models import Enrolment
from courses.programmes.models import Assignment, Item


@USED_BY.registers("programmes")
def assignments_of(audience_ids: Sequence[int]) -> Iterable[Use]:
    """The assignments to the audiences, the newest first."""
    found = Assignment.objects.filter(audience__in=audience_ids).select_related("programme")
    for assignment in found.order_by("-assigned_on", "-pk"):
        standing = assignment.standing and assignment.ended_at is None
        url = reverse("assignment", args=[assignment.pk])
        yield Use(assignment.audience_id, _("Programme"), str(assignment), url, standing=standing)


@CONSEQUENCES.registers("programmes")
def enrolments_of(audience_id: int, joined: Sequence[int], left: Sequence[int]) -> Consequences:
    """Courses of the standing assignments that newcomers do not have open, and those of leavers that are."""
    following = list(Assignment.objects.standing().filter(audience=audience_id))
    courses: set[int | None] = set()
    for assignment in following:
        items = Item.objects.of_version(assignment.programme_id, assignment.programme_version).courses()
        courses |= set(items.values_list("object_id", flat=True))
    known = Enrolment.objects.open().filter(person__in=joined, course__in=courses).count()
    closes = Enrolment.objects.open().filter(person__in=left, assignment__in=following).count()
    return Consequences(len(joined) * len(courses) - known, closes)
