import logging

from celery import shared_task

from mentoring.ramp.actions import reckon
from trainingsite.core import clock
from trainingsite.core.days import company_day

logger = logging.getLogger(__name__)


@shared_task
def reckon_ramps() -> int:
    """Bands and ramps as of today."""
    now = clock.now()
    changed = reckon(on=company_day(now), at=now)
    logger.info("%s ramps have changed", changed)
    return changed
