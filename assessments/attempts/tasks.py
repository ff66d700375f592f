import logging

from celery import shared_task

from assessments.attempts import actions
from trainingsite.core import clock

logger = logging.getLogger(__name__)


@shared_task
def close_expired() -> int:
    """Grade the attempts whose time has run out."""
    closed = actions.close_expired(at=clock.now())
    if closed:
        logger.info("closed %s attempts whose time had run out", closed)
    return closed
