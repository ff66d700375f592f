"""The clock's door to files of questions."""

import logging

from celery import shared_task

from assessments.exchange import actions
from trainingsite.core import clock

logger = logging.getLogger(__name__)


@shared_task
def forget_old_imports() -> int:
    """Let go of uploads that nobody applied."""
    count = actions.forget_old(at=clock.now())
    logger.info("forgot %s uploads of questions", count)
    return count
