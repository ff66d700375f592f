"""Celery's own signals give a worker's signs of life; the scheduler in `scheduler.py` gives beat's."""

import logging
from typing import Any

from celery.signals import heartbeat_sent, worker_shutdown
from redis import RedisError

from trainingsite.core.health import heartbeats

logger = logging.getLogger(__name__)


def worker_lives(**_signal: Any) -> None:
    """Note the worker's life; a Redis that is away for a moment must not end the worker."""
    try:
        heartbeats.beat_of("worker")
    except RedisError as error:
        logger.warning("No sign of life written: %s", error)


def worker_ends(**_signal: Any) -> None:
    """Take the worker off the list, so that nobody counts on it."""
    try:
        heartbeats.farewell_of("worker")
    except RedisError as error:
        logger.warning("No farewell written: %s", error)


heartbeat_sent.connect(worker_lives)
worker_shutdown.connect(worker_ends)
