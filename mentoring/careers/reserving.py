"""Keep the reserve list (储备名单): who could take which step, and how soon."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.careers.closing import take_off
from mentoring.careers.models import CareerStep, Readiness, Reserve
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@transaction.atomic
def keep_in_reserve(
    person: User, step: CareerStep, *, readiness: Readiness | str, note: str, by: User, on: date
) -> Reserve:
    """List the person for the step, or change what is said of who is listed; nobody lists oneself.

    The person need not be in the job that the step leads from: reserves are built ahead.
    """
    step = CareerStep.objects.select_for_update(of=("self",), no_key=True).get(pk=step.pk)
    if person.pk == by.pk:
        raise Refused(_("Nobody puts oneself on the reserve list."), code="own_reserve")
    if step.retired_at:
        raise Refused(_("This step is out of use."), field="step", code="step_retired")
    if not User.objects.employed(on).filter(pk=person.pk).exists():
        raise Refused(_("%(name)s does not work here.") % {"name": person}, code="not_employed")
    found = Reserve.objects.listed().filter(person=person, step=step).first()
    row = found or Reserve(person=person, step=step, listed_by=by, listed_on=on)
    row.readiness, row.note = Readiness(readiness), note.strip()
    row.save()
    return row


@transaction.atomic
def take_from_reserve(row: Reserve, *, reason: str, at: datetime) -> bool:
    """Take the person off the list; the row stays on record. A repeat changes nothing and returns False."""
    return bool(take_off(Reserve.objects.listed().filter(pk=row.pk), reason=reason.strip(), at=at))
