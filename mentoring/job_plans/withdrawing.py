"""HR and supervisors take a signature back that nobody else can, as one of a former mentor; the reason is kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.acts import WITHDRAW_SIGNATURES
from mentoring.job_plans.evidence import when_taken_back
from mentoring.job_plans.models import JobPlan, JobTask, Side, SignResult
from mentoring.job_plans.notices import tell_withdrawn
from mentoring.job_plans.signing import LONGEST_NOTE
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


def may_withdraw(plan: JobPlan, user: User) -> bool:
    """Whether the user may take back what others signed; who reads which plan is a matter of `visible_to`."""
    return plan.is_open and plan.mentee_id != user.pk and user.may(WITHDRAW_SIGNATURES)


@transaction.atomic
def withdraw(task: JobTask, *, side: Side, by: User, reason: str, at: datetime) -> JobTask:
    """Take back what one of the two signed, whoever it was and whoever guides now; it can be signed anew.

    What is not signed stays so: a repeat is harmless.
    """
    rows = JobTask.objects.select_for_update(of=("self", "plan")).select_related("plan__mentee", "competency")
    found = rows.get(pk=task.pk)
    if not found.plan.is_open:
        raise Refused(_("This plan has ended; nothing of it is signed any more."), code="plan_ended")
    if not may_withdraw(found.plan, by):
        raise Refused(_("HR and supervisors take back what others signed."), code="not_yours")
    if not (words := reason.strip()[:LONGEST_NOTE]):
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    if (signer := _clear(found, Side(side))) is None:
        return found
    found.sign_offs.create(side=side, result=SignResult.UNDONE, by=by, at=at, note=words)
    when_taken_back(found, at)
    tell_withdrawn(found, {signer, *_the_two(found.plan)} - {by.pk}, by, words)
    return found


def _clear(task: JobTask, side: Side) -> int | None:
    """Whose signature is gone now; None where there was none."""
    signer = task.plan.mentee_id if side == Side.MENTEE else task.mentor_id
    if side == Side.MENTEE:
        if task.mentee_signed_at is None:
            return None
        task.mentee_signed_at = None
    else:
        task.mentor_signed_at = task.mentor = None
    task.done_on = None
    task.save(update_fields=["mentee_signed_at", "mentor_signed_at", "mentor", "done_on"])
    return signer


def _the_two(plan: JobPlan) -> set[int]:
    """The mentee, and who guides now."""
    guides = Pairing.objects.open().filter(mentee=plan.mentee_id).values_list("mentor_id", flat=True)
    return {plan.mentee_id, *guides}
