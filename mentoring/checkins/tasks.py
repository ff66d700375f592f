from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.checkins import actions
from trainingsite.core import days

logger = get_task_logger(__name__)


@shared_task
def send_reminders() -> int:
    told = actions.remind(on=days.today())
    logger.info("check-ins: %s reminders", told)
    return told
