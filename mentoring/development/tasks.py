from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.development import reviews
from trainingsite.core import days

logger = get_task_logger(__name__)


@shared_task
def remind_of_reviews() -> int:
    told = reviews.remind(on=days.today())
    logger.info("development plans: %s reminders", told)
    return told
