"""Start a long job and run it in a worker."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils.translation import gettext as _

from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.models import Job, JobState
from trainingsite.core.registry import Registry

logger = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=1)

# A kind of job: a function of the job that does the work, calls `progress`, and returns a sentence about the outcome.
JOB_KINDS: Registry[Callable[[Job], str]] = Registry("job kind")


def start(kind: str, *, title: str, owner: Any, arguments: dict[str, Any], back_url: str = "") -> Job:
    """Record the job; a worker picks it up after the transaction is committed."""
    JOB_KINDS[kind]  # an unknown kind fails here, not in the worker
    job = Job.objects.create(kind=kind, title=title, owner=owner, arguments=arguments, back_url=back_url)
    transaction.on_commit(lambda: wake(job.pk))
    return job


def wake(job_id: int) -> None:
    """Tell a worker of the job; should the message get lost, `wake_waiting` tells again."""
    current_app.send_task("trainingsite.core.jobs.tasks.run_job", [job_id])


def wake_waiting(*, at: datetime) -> int:
    """Tell the workers again of jobs that have waited for a minute; returns their number. A repeat is harmless."""
    waiting = Job.objects.filter(state=JobState.WAITING, created_at__lt=at - PATIENCE)
    ids = list(waiting.values_list("pk", flat=True))
    for job_id in ids:
        wake(job_id)
    return len(ids)


def progress(job: Job, done: int, total: int) -> None:
    """Show how far the job is; visible to others once the work's own transactions allow."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total)


def run(job_id: int) -> None:
    """Do the job once: a second worker that is handed the same job finds it taken and leaves."""
    taken = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(state=JobState.RUNNING, started_at=clock.now())
    if not taken:
        return
    job = Job.objects.get(pk=job_id)
    try:
        summary = JOB_KINDS[job.kind](job)
    except Refused as refusal:
        _end(job, JobState.FAILED, str(refusal.message), [[row, message] for row, _field, message in refusal.rows])
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _end(job, JobState.FAILED, _("The work stopped on an error; nothing of it was kept."), [])
    else:
        _end(job, JobState.DONE, summary, [])


def _end(job: Job, state: JobState, summary: str, problems: list[list[Any]]) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, summary=summary[:500], problems=problems, ended_at=clock.now())
