from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.evaluations import reminding
from mentoring.pairings import leaving
from trainingsite.core import days

logger = get_task_logger(__name__)


@shared_task
def look_after_pairings() -> int:
    """End what people who left have left behind, and ask for evaluations."""
    on = days.today()
    ended, told = leaving.end_of_the_gone(on=on), reminding.remind(on=on)
    logger.info("pairings: %s ended, %s asked to evaluate", ended, told)
    return ended + told
