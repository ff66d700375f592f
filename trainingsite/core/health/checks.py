"""What readiness means: every part named here is ok."""

from django.db import Error, connection
from redis import RedisError

from trainingsite.core.health import heartbeats

OK = "ok"
MISSING = "missing"


def report() -> dict[str, str]:
    """Return each part and whether it lives; two round trips in all, never an exception."""
    return {"web": OK, "database": _database(), **_redis_and_beats()}


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error:
        return MISSING
    return OK


def _redis_and_beats() -> dict[str, str]:
    try:
        living = heartbeats.living()
    except RedisError:
        return dict.fromkeys(("redis", "worker", "beat"), MISSING)
    return {"redis": OK} | {part: OK if part in living else MISSING for part in ("worker", "beat")}
