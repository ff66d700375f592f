"""Sign-offs of the past, made by the hundred: the same rows as `sign` makes one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mentoring.job_plans.models import JobTask, Side, SignResult, TaskSignOff
from trainingsite.core.days import company_day
from trainingsite.people.models import User

SIGNED = ["mentee_signed_at", "mentor_signed_at", "mentor", "done_on"]


@dataclass(frozen=True)
class Signed:
    """One signature; whoever makes history up sees to it that the hand is the right one and the week has begun."""

    task: JobTask
    side: Side
    by: User
    at: datetime
    result: SignResult = SignResult.DONE
    note: str = ""


@transaction.atomic
def record_signatures(rows: Sequence[Signed]) -> None:
    """Keep what was signed, in the order of time; what it shows of competencies is `collect`'s part."""
    ordered = sorted(rows, key=lambda row: row.at)
    tasks = {row.task.pk: row.task for row in ordered}
    ordered = [row for row in ordered if _sign(tasks[row.task.pk], row)]
    JobTask.objects.bulk_update(tasks.values(), SIGNED, batch_size=500)
    TaskSignOff.objects.bulk_create(
        TaskSignOff(task=row.task, side=row.side, result=row.result, by=row.by, at=row.at, note=row.note)
        for row in ordered
    )


def _sign(task: JobTask, row: Signed) -> bool:
    """Whether it is new: what is signed already stays so."""
    if row.result == SignResult.NOT_YET:
        task.mentee_signed_at = None
        return True
    if row.side == Side.MENTEE and task.mentee_signed_at is None:
        task.mentee_signed_at = row.at
    elif row.side == Side.MENTOR and task.mentor_signed_at is None:
        task.mentor_signed_at, task.mentor = row.at, row.by
    else:
        return False
    task.done_on = company_day(row.at) if task.mentee_signed_at and task.mentor_signed_at else None
    return True
