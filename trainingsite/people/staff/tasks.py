from celery import shared_task

from trainingsite.core import clock
from trainingsite.people.staff import actions


@shared_task
def close_left() -> int:
    return actions.close_left(on=clock.today())
