"""Try a regrade, carry it out with a reason, or discard it. The work itself is done by a background job."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.questions.models import Question
from assessments.questions.types.base import type_of
from assessments.quizzes.models import Quiz
from assessments.regrading.models import Regrade, State, Way
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.people.models import User

TRY, CARRY_OUT = "assessments.try_regrade", "assessments.carry_out_regrade"


@transaction.atomic
def start(question: Question, *, way: str, by: User, quiz: Quiz | None = None) -> Regrade:
    """Begin a trial, which changes nothing; refused while another regrade of the question is under way."""
    if question.current is None:
        raise Refused(_("This question has no wording yet."), field="question", code="no_version")
    if way == Way.CORRECTED and type_of(question.kind).by_person:
        words = _("People mark this question; correct their marks, give full marks, or do not count it.")
        raise Refused(words, field="way", code="marked_by_people")
    try:
        with transaction.atomic():
            regrade = Regrade.objects.create(question=question, quiz=quiz, way=way, started_by=by)
    except IntegrityError as error:
        words = _("A regrade of this question is under way already.")
        raise Refused(words, field="question", code="under_way") from error
    return _queue(regrade, TRY, by)


def _queue(regrade: Regrade, kind: str, by: User) -> Regrade:
    title = _("Grading again: %(question)s") % {"question": regrade.question}
    back = reverse("regrade", args=[regrade.pk])
    regrade.job = jobs.start(kind, title=title, owner=by, arguments={"regrade": regrade.pk}, back_url=back)
    regrade.save(update_fields=["job"])
    return regrade


def _locked(regrade: Regrade) -> Regrade:
    return Regrade.objects.select_for_update(of=("self",)).select_related("question", "job").get(pk=regrade.pk)


@transaction.atomic
def carry_out(regrade: Regrade, *, reason: str, on_loss: str, by: User, at: datetime) -> Regrade:
    """Let it happen, for a reason that stays on record; a repeat changes nothing."""
    found = _locked(regrade)
    if found.state in {State.RUNNING, State.DONE}:
        return found
    if found.state != State.CHECKED:
        raise Refused(_("It has to be tried first."), code="not_checked")
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    found.state, found.reason, found.on_loss = State.RUNNING, reason.strip(), on_loss
    found.decided_by, found.decided_at = by, at
    found.save(update_fields=["state", "reason", "on_loss", "decided_by", "decided_at"])
    return _queue(found, CARRY_OUT, by)


@transaction.atomic
def discard(regrade: Regrade) -> Regrade:
    """Let everything be as it is; what was carried out can't be discarded. A repeat changes nothing."""
    found = _locked(regrade)
    if found.state in {State.RUNNING, State.DONE}:
        raise Refused(_("It was carried out already."), code="carried_out")
    found.state = State.DISCARDED
    found.save(update_fields=["state"])
    found.changes.all().delete()
    return found


@transaction.atomic
def go_on(regrade: Regrade, *, by: User) -> Regrade:
    """Begin the work again after an accident; what was done is not done twice."""
    found = _locked(regrade)
    if found.state not in {State.CHECKING, State.RUNNING} or not is_stuck(found):
        return found
    return _queue(found, TRY if found.state == State.CHECKING else CARRY_OUT, by)


def is_stuck(regrade: Regrade) -> bool:
    """Whether the job has ended without the work being done."""
    job: Job | None = regrade.job
    return regrade.state in {State.CHECKING, State.RUNNING} and (job is None or job.is_over)
