"""Tell people something, once."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from trainingsite.notices.kinds import KINDS
from trainingsite.notices.models import Channel, NoticeQuerySet

_silent: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Within the block nobody is told of anything: what generated history does is not news."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silent() -> bool:
    """Whether nobody is told of anything now."""
    return _silent.get()


@dataclass(frozen=True)
class Message:
    """What to tell whom: `key` names the thing told about, so that it is told once for ever."""

    person_id: int
    kind: str
    key: str
    facts: dict[str, Any] = field(default_factory=dict)
    url: str = ""


# Whoever has a notice of this key keeps it; the others get theirs, and an e-mail when they have an address.
TELL = """
WITH fresh AS (
    INSERT INTO notices_notice (person_id, kind, key, facts, url, batch)
    SELECT told.person_id, told.kind, told.key, told.facts, told.url, %(batch)s
    FROM unnest(%(people)s::bigint[], %(kinds)s::text[], %(keys)s::text[], %(facts)s::jsonb[], %(urls)s::text[])
        AS told (person_id, kind, key, facts, url)
    ON CONFLICT (person_id, key) DO NOTHING
    RETURNING id, person_id
), sent AS (
    INSERT INTO notices_outgoing (notice_id, channel, tries, error)
    SELECT fresh.id, %(channel)s, 0, '' FROM fresh JOIN people_user person ON person.id = fresh.person_id
    WHERE person.is_active AND person.email <> ''
)
SELECT count(*) FROM fresh
"""
AT_ONCE = 5_000


@transaction.atomic
def notify(messages: Iterable[Message]) -> int:
    """Write the notices and their e-mails into the outbox; whoever was told before is not told again.

    Returns the number of new notices. Call it inside the transaction of the act that causes it.
    """
    wanted = [] if is_silent() else list(messages)
    for kind in {message.kind for message in wanted}:
        KINDS[kind]
    return sum(_write(wanted[start : start + AT_ONCE]) for start in range(0, len(wanted), AT_ONCE))


def _write(messages: list[Message]) -> int:
    """One statement for thousands: what is not there yet, with its e-mails; returns how many that were."""
    values: dict[str, Any] = {
        "people": [message.person_id for message in messages],
        "kinds": [message.kind for message in messages],
        "keys": [message.key for message in messages],
        "facts": _as_json(messages),
        "urls": [message.url for message in messages],
        "channel": Channel.EMAIL.value,
        "batch": str(uuid4()),
    }
    with connection.cursor() as cursor:
        cursor.execute(TELL, values)
        return int(cursor.fetchone()[0])


def _as_json(messages: list[Message]) -> list[str]:
    """The facts of each; the same facts, told to thousands, are written out once."""
    written: dict[int, str] = {}
    for each in messages:
        if id(each.facts) not in written:
            written[id(each.facts)] = json.dumps(each.facts)
    return [written[id(each.facts)] for each in messages]


def mark_read(notices: NoticeQuerySet, *, at: datetime) -> int:
    """Note that these were read, those that were not before; returns how many."""
    return notices.unread().update(read_at=at)
