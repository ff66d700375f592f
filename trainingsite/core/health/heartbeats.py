"""Signs of life of workers and beat, kept in one sorted set of Redis and judged by the clock of Redis."""

import os
import socket
from functools import lru_cache
from typing import Any, cast

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

KEY = "kefu:heartbeats"
LASTS_S = 20  # a worker beats every 2 seconds, beat every 5


@lru_cache(maxsize=2)
def _client_of(url: str, _pid: int) -> redis.Redis:
    return redis.Redis.from_url(url, decode_responses=True, socket_timeout=2, retry=Retry(NoBackoff(), 0))


def client() -> redis.Redis:
    """Return this process's connection to Redis; a forked child makes its own."""
    return _client_of(settings.REDIS_URL, os.getpid())


def beat_of(part: str) -> None:
    """Note that `part` (worker, beat) of this host lives, and forget those silent for long."""
    now = _now()
    with client().pipeline(transaction=False) as pipe:
        pipe.zadd(KEY, {_member(part): now})
        pipe.zremrangebyscore(KEY, "-inf", now - 10 * LASTS_S)
        pipe.execute()


def farewell_of(part: str) -> None:
    """Forget this host's `part` at once: it ends in good order."""
    client().zrem(KEY, _member(part))


def living() -> set[str]:
    """Return the parts that gave a sign of life lately; raises RedisError when Redis does not answer."""
    with client().pipeline(transaction=False) as pipe:
        pipe.time()
        pipe.zrange(KEY, 0, -1, withscores=True)
        moment, members = cast("tuple[tuple[int, int], list[tuple[str, float]]]", pipe.execute())
    return {name.partition(":")[0] for name, at in members if at > moment[0] - LASTS_S}


def _member(part: str) -> str:
    return f"{part}:{socket.gethostname()}:{os.getpid()}"


def _now() -> int:
    moment: Any = client().time()
    return int(moment[0])
