from celery import shared_task

from courses.enrolment import actions
from trainingsite.core import clock


@shared_task
def mark_overdue() -> int:
    return actions.mark_overdue(on=clock.today())


@shared_task
def send_reminders() -> int:
    return actions.remind(on=clock.today())
