"""The tasks of a rotation: the person ticks them off, the host confirms them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.rotation.models import RotationState, RotationTask
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


def _locked(task: RotationTask) -> RotationTask:
    rows = RotationTask.objects.select_for_update(of=("self",)).select_related("rotation")
    found = rows.get(pk=task.pk)
    if found.rotation.state != RotationState.APPROVED:
        raise Refused(_("This rotation does not go on."), code="not_going")
    return found


@transaction.atomic
def tick(task: RotationTask, *, by: User, at: datetime, done: bool = True, note: str = "") -> RotationTask:
    """The person says that it is done, or that it is not after all; what is confirmed stays. A repeat is harmless."""
    found = _locked(task)
    if found.rotation.person_id != by.pk:
        raise Refused(_("Everybody ticks off the own tasks."), code="not_yours")
    if company_day(at) < found.rotation.begins_on:
        raise Refused(_("It has not begun yet."), code="not_begun")
    if found.confirmed_by_id:
        raise Refused(_("The host has confirmed this task already."), code="confirmed")
    if done != bool(found.done_at):
        found.done_at = at if done else None
        found.note = note.strip() if done else ""
        found.save(update_fields=["done_at", "note"])
    return found


@transaction.atomic
def confirm(task: RotationTask, *, by: User) -> RotationTask:
    """The host has seen that it is done."""
    found = _locked(task)
    if found.rotation.host_id != by.pk:
        raise Refused(_("The host confirms what was done."), code="not_host")
    if found.done_at is None:
        raise Refused(_("It is not ticked off yet."), code="not_done")
    if found.confirmed_by_id is None:
        found.confirmed_by = by
        found.save(update_fields=["confirmed_by"])
    return found
