"""The clock's door: statistics are brought up to date every few minutes, and looked through every night."""

import logging

from celery import shared_task

from assessments.statistics import actions
from trainingsite.core import clock

logger = logging.getLogger(__name__)


@shared_task
def count_changed() -> int:
    """Add the attempts that were graded since the last time."""
    return _logged(actions.count_changed(at=clock.now()))


@shared_task
def count_all() -> int:
    """Look at every quiz."""
    return _logged(actions.count_all(at=clock.now()))


def _logged(added: int) -> int:
    if added:
        logger.info("added %s attempts to the statistics", added)
    return added
