"""Tell people something, once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from trainingsite.notices.kinds import KINDS
from trainingsite.notices.models import Channel, Notice, NoticeQuerySet, Outgoing
from trainingsite.people.models import User

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


@transaction.atomic
def notify(messages: Iterable[Message]) -> int:
    """Write the notices and their e-mails into the outbox; whoever was told before is not told again.

    Returns the number of new notices. Call it inside the transaction of the act that causes it.
    """
    wanted = [] if is_silent() else list(messages)
    for kind in {message.kind for message in wanted}:
        KINDS[kind]
    rows = [Notice(person_id=m.person_id, kind=m.kind, key=m.key, facts=m.facts, url=m.url) for m in wanted]
    fresh = _insert(rows)
    with_mail = set(
        User.objects.filter(pk__in={n.person_id for n in fresh}, is_active=True)
        .exclude(email="")
        .values_list("pk", flat=True)
    )
    Outgoing.objects.bulk_create(
        [Outgoing(notice=n, channel=Channel.EMAIL) for n in fresh if n.person_id in with_mail], batch_size=2000
    )
    return len(fresh)


def _insert(rows: list[Notice]) -> list[Notice]:
    """Insert what is not there yet; the batch number tells which rows were new, under concurrency too."""
    batch = uuid4()
    for row in rows:
        row.batch = batch
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    return list(Notice.objects.filter(batch=batch).only("pk", "person_id"))


def mark_read(notices: NoticeQuerySet, *, at: datetime) -> int:
    """Note that these were read, those that were not before; returns how many."""
    return notices.unread().update(read_at=at)
