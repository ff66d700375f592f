from celery import shared_task

from assessments.marking import reminders
from trainingsite.core import clock


@shared_task
def remind_markers() -> int:
    """Tell markers what waits."""
    return reminders.remind(at=clock.now(), on=clock.today())
