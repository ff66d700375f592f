from celery import shared_task

from courses.refreshers import actions
from trainingsite.core import clock


@shared_task
def open_due() -> int:
    """Plan ahead, announce, open and close what is due."""
    return actions.beat(at=clock.now())


@shared_task
def remind_due() -> int:
    """Remind people of open runs, and tell supervisors who is missing."""
    at = clock.now()
    return actions.remind_due(at=at) + actions.escalate_due(at=at)
