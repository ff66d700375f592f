from celery import shared_task

from assessments.appeals import actions
from trainingsite.core import clock


@shared_task
def escalate_appeals() -> int:
    """Tell of appeals that nobody has answered in time."""
    return actions.escalate(at=clock.now())
