import logging

from celery import shared_task

from assessments.attempts import actions
from trainingsite.core import clock

logger = logging.getLogger(__name__)


@shared_task
def close_expired() -> int:
    """Do what is due at attempts whose time has run out."""
    checked = actions.sweep(at=clock.now())
    if checked:
        logger.info("checked %s attempts whose time had run out", checked)
    return checked
