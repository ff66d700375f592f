from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.development import reviews
from trainingsite.core import clock

logger = get_task_logger(__name__)


@shared_task
def remind_of_reviews() -> int:
    told = reviews.remind(on=clock.today())
    logger.info("development plans: %s reminders", told)
    return told
