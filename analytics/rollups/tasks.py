import logging

from celery import shared_task

from analytics.rollups import actions

logger = logging.getLogger(__name__)


@shared_task
def refresh() -> None:
    logger.info("months of figures computed anew: %s", actions.refresh())
