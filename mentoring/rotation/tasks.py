from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.rotation import reminding
from trainingsite.core import clock

logger = get_task_logger(__name__)


@shared_task
def look_after_rotations() -> int:
    """Finish what is over, and remind of what is missing."""
    at = clock.now()
    ended, told = reminding.finish_due(at=at), reminding.remind(at=at)
    logger.info("rotations: %s finished, %s reminders", ended, told)
    return ended + told
