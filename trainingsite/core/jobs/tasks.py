from celery import shared_task

from trainingsite.core import clock
from trainingsite.core.jobs import actions


@shared_task
def run_job(job_id: int) -> None:
    actions.run(job_id)


@shared_task
def wake_waiting() -> int:
    return actions.wake_waiting(at=clock.now())
