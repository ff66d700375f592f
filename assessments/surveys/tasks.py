from celery import shared_task
from celery.utils.log import get_task_logger

from assessments.surveys import actions
from trainingsite.core import clock

logger = get_task_logger(__name__)


@shared_task
def send_reminders() -> tuple[int, int]:
    """Send what opens today, then remind."""
    invited, reminded = actions.send_due(at=clock.now()), actions.remind(on=clock.today())
    logger.info("surveys: %s invitations, %s reminders", invited, reminded)
    return invited, reminded
