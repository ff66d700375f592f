"""Both sign a mentee's tasks, week by week; who may, when, and what follows when both have."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.job_plans.evidence import when_done, when_taken_back
from mentoring.job_plans.models import JobPlan, JobTask, Side, SignResult
from mentoring.job_plans.notices import tell_not_yet, tell_waits
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST_NOTE = 300


@dataclass(frozen=True)
class _Hand:
    """Who signs a locked task, as which of the two, and when."""

    task: JobTask
    pairing: Pairing
    side: Side
    by: User
    at: datetime
    on: date

    def write(self, result: SignResult, note: str = "") -> None:
        self.task.save(update_fields=["mentee_signed_at", "mentor_signed_at", "mentor", "done_on"])
        self.task.sign_offs.create(side=self.side, result=result, by=self.by, at=self.at, note=note)


def side_of(plan: JobPlan, user: User) -> Side | None:
    """As what the user signs tasks of the plan now; None for everybody else."""
    if plan.mentee_id == user.pk:
        return Side.MENTEE
    guides = Pairing.objects.open().filter(mentee=plan.mentee_id, mentor=user)
    return Side.MENTOR if guides.exists() else None


@transaction.atomic
def sign(  # noqa: PLR0913 - a signature says who, as what, when and what
    task: JobTask,
    *,
    side: Side,
    by: User,
    at: datetime,
    on: date,
    result: SignResult = SignResult.DONE,
    note: str = "",
) -> JobTask:
    """Say that the task is done, "not yet" (the mentor, with a word of why) or take a sign-off back.

    With both signatures it is done, and evidence of the competency. What is so already stays so: a repeat is harmless.
    """
    hand = _hand(task, Side(side), by, at, on)
    words = note.strip()[:LONGEST_NOTE]
    _ACTS[SignResult(result)](hand, words)
    return hand.task


def take_back(task: JobTask, *, side: Side, by: User, at: datetime, on: date) -> JobTask:
    """Take the own sign-off back; the mentee only as long as the mentor has not signed too."""
    return sign(task, side=side, by=by, at=at, on=on, result=SignResult.UNDONE)


def _hand(task: JobTask, side: Side, by: User, at: datetime, on: date) -> _Hand:
    """The task, locked, for a hand that may sign it on the day."""
    rows = JobTask.objects.select_for_update(of=("self", "plan")).select_related("plan__mentee", "competency")
    found = rows.get(pk=task.pk)
    plan = found.plan
    if not plan.is_open:
        raise Refused(_("This plan has ended; nothing of it is signed any more."), code="plan_ended")
    pairing = Pairing.objects.open().filter(mentee=plan.mentee_id).select_related("mentor").first()
    if pairing is None:
        raise Refused(_("The pairing has ended; the next mentor signs again."), code="pairing_ended")
    if by.pk != (pairing.mentor_id if side == Side.MENTOR else plan.mentee_id):
        names = {"mentor": pairing.mentor, "mentee": plan.mentee}
        raise Refused(_("Only %(mentee)s and the mentor, %(mentor)s, sign here.") % names, code="wrong_hand")
    if on < (begins := plan.begins(found.week)):
        facts = {"week": found.week, "day": date_format(begins, "DATE_FORMAT")}
        raise Refused(
            _("Week %(week)s begins on %(day)s; it can be signed from then on.") % facts, code="before_the_week"
        )
    return _Hand(found, pairing, side, by, at, on)


def _done(hand: _Hand, words: str) -> None:
    task = hand.task
    if (task.mentee_signed_at if hand.side == Side.MENTEE else task.mentor_signed_at) is not None:
        return
    if hand.side == Side.MENTEE:
        task.mentee_signed_at = hand.at
    else:
        task.mentor_signed_at, task.mentor = hand.at, hand.by
    if task.mentee_signed_at and task.mentor_signed_at:
        task.done_on = hand.on
    hand.write(SignResult.DONE, words)
    if task.done_on:
        when_done(task, hand.at)
    elif hand.side == Side.MENTEE:
        tell_waits(task, hand.pairing, hand.on)


def _not_yet(hand: _Hand, words: str) -> None:
    task = hand.task
    if hand.side != Side.MENTOR:
        raise Refused(_("The mentor says whether it is time to sign."), code="not_mentor")
    if not words:
        raise Refused(_("Say in a word what is still missing."), field="note", code="note_missing")
    if task.mentor_signed_at is not None:
        raise Refused(_("It is signed; take the sign-off back first."), code="signed")
    last = task.sign_offs.order_by("-at", "-pk").first()
    if last is not None and (last.result, last.by_id, last.note) == (SignResult.NOT_YET, hand.by.pk, words):
        return
    task.mentee_signed_at = None
    hand.write(SignResult.NOT_YET, words)
    tell_not_yet(task, hand.pairing, words)


def _undone(hand: _Hand, words: str) -> None:
    task = hand.task
    if hand.side == Side.MENTEE:
        if task.mentee_signed_at is None:
            return
        if task.mentor_signed_at is not None:
            raise Refused(_("The mentor has signed it too; only the mentor can take that back."), code="signed_by_both")
        task.mentee_signed_at = None
    else:
        if task.mentor_signed_at is None:
            return
        if task.mentor_id != hand.by.pk:
            raise Refused(_("It was signed by an earlier mentor and stays so."), code="signed_by_another")
        task.mentor_signed_at = task.mentor = None
    was_done, task.done_on = task.done_on is not None, None
    hand.write(SignResult.UNDONE, words)
    if was_done:
        when_taken_back(task, hand.at)


_ACTS = {SignResult.DONE: _done, SignResult.NOT_YET: _not_yet, SignResult.UNDONE: _undone}
