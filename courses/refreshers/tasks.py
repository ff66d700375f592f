from celery import shared_task

from courses.refreshers import actions
from trainingsite.core import clock


@shared_task
def open_due() -> int:
    return actions.open_due(on=clock.today())
