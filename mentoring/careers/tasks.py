from celery import shared_task
from celery.utils.log import get_task_logger

from mentoring.careers import nominating
from trainingsite.core import clock

logger = get_task_logger(__name__)


@shared_task
def apply_promotions() -> int:
    done = nominating.apply_due(at=clock.now())
    logger.info("careers: %s people have their new positions", done)
    return done
