"""The clock's door: new cards every few minutes; at night, what has to be planned anew."""

import logging

from celery import shared_task

from assessments.practice import intake, rescheduling

logger = logging.getLogger(__name__)


@shared_task
def take_in() -> int:
    """Make cards of what was graded since the last time."""
    taken = intake.take_in()
    if taken:
        logger.info("took in %s cards for practice", taken)
    return taken


@shared_task
def reschedule() -> int:
    """Hand out the ranges of cards that are planned by former terms; on most nights there are none."""
    ranges = list(rescheduling.stale_ranges())
    for first, last in ranges:
        reschedule_range.delay(first, last)
    return len(ranges)


@shared_task
def reschedule_range(first: int, last: int) -> int:
    planned = rescheduling.reschedule(first, last)
    logger.info("planned %s cards anew", planned)
    return planned
