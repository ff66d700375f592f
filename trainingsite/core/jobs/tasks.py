from celery import shared_task

from trainingsite.core.jobs import actions


@shared_task
def run_job(job_id: int) -> None:
    actions.run(job_id)
