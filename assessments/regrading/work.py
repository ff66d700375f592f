"""The work of a regrade, some hundred attempts at a time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.attempts import hooks
from assessments.attempts.grading import credit
from assessments.attempts.models import Attempt, Response
from assessments.attempts.models import State as AttemptState
from assessments.attempts.outcome import outcome_of
from assessments.regrading.actions import CARRY_OUT, TRY
from assessments.regrading.models import OnLoss, Regrade, RegradeChange, State
from assessments.regrading.notices import tell_regraded
from assessments.regrading.reckoning import Reckoned, affected, batches, certificates_of, change_of, reckon
from assessments.statistics.actions import mark_stale
from courses.curriculum.models import CourseStatus
from courses.enrolment.bulk import enrol_many
from courses.enrolment.models import Scope
from courses.models import Enrolment, UnitProgress
from trainingsite.core import clock
from trainingsite.core.jobs.actions import JOB_KINDS, progress
from trainingsite.core.jobs.models import Job

BATCH = 250
RELATED = ("quiz__unit__course", "enrolment")
WRITTEN = ["fraction", "points", "graded_with", "needs_person"]


@JOB_KINDS.registers(TRY)
def try_in_job(job: Job) -> str:
    """Work out who changes; nothing else is written."""
    regrade = _regrade(job)
    if regrade.state != State.CHECKING:
        return _("Nothing was left to do.")
    regrade.changes.all().delete()
    total, done = affected(regrade).count(), 0
    for ids in batches(regrade, BATCH):
        attempts = list(Attempt.objects.filter(pk__in=ids).select_related(*RELATED).order_by("pk"))
        _keep(regrade, reckon(regrade, attempts))
        done += len(ids)
        progress(job, done, total)
    Regrade.objects.filter(pk=regrade.pk, state=State.CHECKING).update(state=State.CHECKED, looked_at=done)
    changes = regrade.changes.count()
    return ngettext("%(n)s attempt would change", "%(n)s attempts would change", changes) % {"n": changes}


@JOB_KINDS.registers(CARRY_OUT)
def carry_out_in_job(job: Job) -> str:
    """Carry it out batch by batch, each in its own transaction; taken up again, it goes on where it stopped."""
    regrade = _regrade(job)
    if regrade.state != State.RUNNING:
        return _("Nothing was left to do.")
    total, done = affected(regrade).count(), 0
    for ids in batches(regrade, BATCH):
        _carry_out(regrade, ids, clock.now())
        done += len(ids)
        progress(job, done, total)
    mark_stale(regrade.changes.values_list("attempt__quiz", flat=True).distinct())
    regrade.changes.filter(applied_at=None).delete()  # changed meanwhile, so that nothing is left to change
    Regrade.objects.filter(pk=regrade.pk).update(state=State.DONE, looked_at=done)
    changes = regrade.changes.count()
    return ngettext("%(n)s attempt was changed", "%(n)s attempts were changed", changes) % {"n": changes}


def _regrade(job: Job) -> Regrade:
    return Regrade.objects.select_related("question__current__question").get(pk=job.arguments["regrade"])


def _keep(regrade: Regrade, found: Sequence[Reckoned]) -> list[RegradeChange]:
    touched = certificates_of(found)
    return RegradeChange.objects.bulk_create(
        [change_of(regrade, one, touched.get(one.attempt.pk, [])) for one in found]
    )


@transaction.atomic
def _carry_out(regrade: Regrade, ids: Sequence[int], at: datetime) -> None:
    """Lock as grading does, enrolments first; work it out anew, since a mark may have changed since the trial."""
    done = set(regrade.changes.filter(attempt__in=ids, applied_at__isnull=False).values_list("attempt", flat=True))
    left = [pk for pk in ids if pk not in done]
    enrolments = Attempt.objects.filter(pk__in=left).values("enrolment")
    list(Enrolment.objects.select_for_update().filter(pk__in=enrolments).order_by("pk"))
    rows = Attempt.objects.filter(pk__in=left).select_for_update(of=("self",)).order_by("pk")
    found = reckon(regrade, list(rows.select_related(*RELATED)))
    regrade.changes.filter(attempt__in=left).delete()
    changes = _keep(regrade, found)
    Response.objects.bulk_update([one for made in found for one in made.changed], WRITTEN)
    _rescore(regrade, found, at)
    regrade.changes.filter(attempt__in=left).update(applied_at=at)
    tell_regraded(regrade, changes)


def _rescore(regrade: Regrade, found: Sequence[Reckoned], at: datetime) -> None:
    """Write scores and passes; credit what is better, and ask again who has lost the pass, if HR chose so.

    Attempts in which nothing is left to mark are graded so.
    """
    graded = [made for made in found if made.score is not None]
    gained = [made.attempt for made in graded if made.passes(regrade.on_loss) and (made.is_first or made.is_better)]
    lost = [made.attempt for made in graded if made.loses_pass(regrade.on_loss)]
    for made in graded:
        made.attempt.passed = bool(made.passes(regrade.on_loss))
        made.attempt.score, made.attempt.state = made.score, AttemptState.GRADED
    Attempt.objects.bulk_update([made.attempt for made in graded], ["score", "passed", "state"])
    hooks.graded([made.attempt.pk for made in graded], at)
    if gained:  # once for each person and quiz, however many of the attempts are better
        credit(list({(one.enrolment_id, one.quiz_id): one for one in gained}.values()), at=at)
    if regrade.on_loss == OnLoss.AGAIN:
        _ask_again(lost, at)


def _ask_again(attempts: Sequence[Attempt], at: datetime) -> None:
    """The unit is open again; who has completed the course keeps that on record and gets its quiz once more."""
    for attempt in attempts:
        enrolment, quiz = attempt.enrolment, attempt.quiz
        others = Attempt.objects.handed_in().filter(enrolment=enrolment, quiz=quiz)
        if enrolment.withdrawn_at or outcome_of(quiz, others).passed:
            continue
        if enrolment.completed_at is None:
            UnitProgress.objects.filter(enrolment=enrolment, unit=quiz.unit_id).update(completed_at=None)
        elif quiz.unit.course.status == CourseStatus.PUBLISHED:
            enrol_many([attempt.person_id], quiz.unit.course, on=timezone.localdate(at), scope=Scope.ASSESSMENT)
