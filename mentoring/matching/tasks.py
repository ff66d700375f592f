from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.matching import repair
from trainingsite.core import days

logger = get_task_logger(__name__)


@shared_task
def look_for_gone_mentors() -> int:
    """Tell of mentees whose mentor has left; who leaves on a day to come is found on that day."""
    told = repair.tell_of_gone(days.today())
    logger.info("mentors gone: %s notices", told)
    return told
