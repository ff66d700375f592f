"""The one clock that judges deadlines: the database's, since two web hosts differ."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The database's current moment, in UTC; it moves on inside a transaction."""
    if (moment := _frozen.get()) is not None:
        return moment
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment = cursor.fetchone()[0]
    assert isinstance(moment, datetime)  # noqa: S101 - tells mypy what the driver returns
    return moment


def today() -> date:
    """The date of `now` in the active time zone."""
    return timezone.localdate(now())


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Within the block, in this thread, `now` is `moment`; for tests and for generated history."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)


@contextmanager
def seen_at(moment: datetime) -> Iterator[None]:
    """Within the block `now` is `moment`, unless it is frozen already: one reading of the clock for one look."""
    with frozen(_frozen.get() or moment):
        yield
