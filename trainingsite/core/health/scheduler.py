"""Beat's scheduler: the one of django-celery-beat, which also says that it lives."""

import logging
from contextlib import suppress
from typing import Any

from django_celery_beat.schedulers import DatabaseScheduler
from redis import RedisError

from trainingsite.core.health import heartbeats

logger = logging.getLogger(__name__)


class LivingScheduler(DatabaseScheduler):
    """Beat ticks at least every five seconds; each tick is a sign of life."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        delay: float = super().tick(*args, **kwargs)
        try:
            heartbeats.beat_of("beat")
        except RedisError as error:
            logger.warning("No sign of life written: %s", error)
        return delay

    def close(self) -> None:
        with suppress(RedisError):
            heartbeats.farewell_of("beat")
        super().close()
