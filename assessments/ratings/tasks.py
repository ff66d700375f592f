"""The clock's door: what the day changes by itself; and the worker's way to collect what happened before."""

import logging

from celery import shared_task

from assessments.ratings import backfill, deriving
from trainingsite.core import clock
from trainingsite.core.days import company_day

logger = logging.getLogger(__name__)


@shared_task
def sweep_levels() -> int:
    """After midnight: evidence that became too old, rules that begin."""
    changed = deriving.sweep(company_day(clock.now()))
    if changed:
        logger.info("the day changed %s levels", changed)
    return changed


@shared_task
def collect_evidence() -> int:
    """Once, in a company that has learnt here before: evidence of all of it. A repeat records nothing twice."""
    new = backfill.collect_all()
    logger.info("recorded %s pieces of evidence", new)
    return new
