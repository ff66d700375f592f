from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.mentors import reminding
from trainingsite.core import days

logger = get_task_logger(__name__)


@shared_task
def remind_of_certificates() -> int:
    """Tell mentors and HR of certificates that are about to lapse."""
    told = reminding.remind_of_certificates(on=days.today())
    logger.info("certificates of mentors: %s notices", told)
    return told
