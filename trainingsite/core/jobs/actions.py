"""Start a long job and run it in a worker."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.models import Job, JobState
from trainingsite.core.registry import Registry

logger = logging.getLogger(__name__)

# A kind of job: a function of the job that does the work, calls `progress`, and returns a sentence about the outcome.
JOB_KINDS: Registry[Callable[[Job], str]] = Registry("job kind")


def start(kind: str, *, title: str, owner: Any, arguments: dict[str, Any], back_url: str = "") -> Job:
    """Record the job; a worker picks it up after the transaction is committed."""
    from trainingsite.core.jobs.tasks import run_job  # noqa: PLC0415 - the task module imports this one

    JOB_KINDS[kind]  # an unknown kind fails here, not in the worker
    job = Job.objects.create(kind=kind, title=title, owner=owner, arguments=arguments, back_url=back_url)
    transaction.on_commit(lambda: run_job.delay(job.pk))
    return job


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
