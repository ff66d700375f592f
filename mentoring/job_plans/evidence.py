"""Tasks that both have signed, as evidence for ratings: worth the middle of the level that the mentee's job asks."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from assessments.profiles.fitting import wanted_by
from assessments.ratings.deriving import levels_of, middle_of
from assessments.ratings.models import Evidence
from assessments.ratings.ready import rule_at
from assessments.ratings.recording import Piece, keep
from mentoring.job_plans.models import JobTask
from trainingsite.core.days import company_day
from trainingsite.notices.actions import is_silent

SOURCE = "on_the_job"
LOWEST = 1


def key_of(task: JobTask) -> str:
    return f"job-task:{task.pk}"


def pieces_of(tasks: Sequence[JobTask], at: datetime) -> list[Piece]:
    """What tasks that are done show of the competencies that they name; retired ones show nothing."""
    showing = [task for task in tasks if task.done_on and task.competency and task.competency.retired_at is None]
    if not showing:
        return []
    rule = rule_at(at)
    levels = levels_of({task.competency_id for task in showing if task.competency_id}, at)
    asked = wanted_by({task.plan.mentee_id for task in showing}, company_day(at))
    needs = {(pk, need.competency_id): need.level for pk, wanted in asked.items() for need in wanted.needs}
    return [
        Piece(
            person_id=task.plan.mentee_id,
            competency_id=pk,
            source=SOURCE,
            key=key_of(task),
            title=_("On the job: %(task)s") % {"task": task.text},
            score=middle_of(rule, levels[pk], min(needs.get((task.plan.mentee_id, pk), LOWEST), levels[pk])),
            at=max(task.mentee_signed_at or at, task.mentor_signed_at or at),
            by_id=task.mentor_id,
        )
        for task in showing
        if (pk := task.competency_id) in levels
    ]


def when_done(task: JobTask, at: datetime) -> None:
    """Both have signed it. What generated history does is collected afterwards, in one go: see `collect`."""
    if not is_silent() and (pieces := pieces_of([task], at)):
        keep(pieces, reason=_("It was signed off again"), at=at)


def when_taken_back(task: JobTask, at: datetime) -> None:
    """The mentor took the sign-off back: it shows nothing any more."""
    standing = Evidence.objects.standing().filter(person=task.plan.mentee_id, source=SOURCE)
    if gone := list(standing.of_events([key_of(task)])):
        keep([], reason=_("The sign-off was taken back"), at=at, gone=gone)


def collect(tasks: Sequence[JobTask], *, at: datetime) -> int:
    """Record what tasks have shown that were signed in silence; returns how many pieces are new."""
    return len(keep(pieces_of(tasks, at), reason=_("It was signed off again"), at=at))
