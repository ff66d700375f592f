"""What to do with people whose computed due date cannot be met."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.programmes.assigning import enrol_in_courses
from courses.programmes.models import DueException
from courses.programmes.notices import tell_assigned
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@transaction.atomic
def extend_exception(exception: DueException, *, due_on: date, reason: str, by: User, at: datetime) -> DueException:
    """Give the person the programme after all, due on `due_on`; the reason is kept."""
    today = timezone.localdate(at)
    if due_on < today:
        raise Refused(_("This date has passed."), field="due_on", code="due_in_past")
    found = _waiting(exception, reason)
    enrol_in_courses(found.assignment, {found.person_id: due_on}, on=today)
    found.assignment.enrolled = found.assignment.enrolments.count()
    found.assignment.save(update_fields=["enrolled"])
    tell_assigned(found.assignment)
    found.extended_to = due_on
    return _resolved(found, reason, by, at)


@transaction.atomic
def exempt(exception: DueException, *, reason: str, by: User, at: datetime) -> DueException:
    """Leave the person out of the assignment for good; the reason is kept."""
    return _resolved(_waiting(exception, reason), reason, by, at)


def _waiting(exception: DueException, reason: str) -> DueException:
    """The exception, locked; refuses one that was decided before, and a decision without a reason."""
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    found = DueException.objects.select_for_update().get(pk=exception.pk)
    if found.resolved_at:
        raise Refused(_("This was decided already."), code="already_decided")
    return found


def _resolved(exception: DueException, reason: str, by: User, at: datetime) -> DueException:
    exception.resolved_at, exception.resolved_by, exception.resolution = at, by, reason.strip()
    exception.save(update_fields=["resolved_at", "resolved_by", "resolution", "extended_to"])
    return exception
