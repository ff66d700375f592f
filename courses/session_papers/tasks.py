from celery import shared_task
from celery.utils.log import get_task_logger

from courses.session_papers import actions
from trainingsite.core import clock

logger = get_task_logger(__name__)


@shared_task
def ask_feedback() -> int:
    """Ask those who were at the sessions that have ended what it was like."""
    asked = actions.ask_feedback_due(at=clock.now())
    logger.info("feedback of sessions: %s people asked", asked)
    return asked
