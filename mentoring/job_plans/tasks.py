from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.job_plans.weeks import tell_of_weeks
from trainingsite.core import days

logger = get_task_logger(__name__)


@shared_task
def tell_of_plan_weeks() -> int:
    """Tell mentees and mentors what is on when a week of their plan begins."""
    told = tell_of_weeks(on=days.today())
    logger.info("plans on the job: %s told of their week", told)
    return told
