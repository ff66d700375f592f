"""The outboxes whose e-mails the worker sends: that of notices, and those that higher apps add."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from trainingsite.core.registry import Registry
from trainingsite.notices.kinds import Attachment
from trainingsite.notices.models import Waiting


@dataclass(frozen=True)
class Outbox:
    """A table of waiting e-mails. `message` makes the e-mail of a row, or None when nobody can get it any more.

    `related` are the rows that are read with one of the table.
    """

    table: type[Waiting]
    message: Callable[[Any, BaseEmailBackend], EmailMultiAlternatives | None]
    related: tuple[str, ...]


OUTBOXES: Registry[Outbox] = Registry("outbox")


def host() -> str:
    """The name of this installation within ids that other systems keep."""
    return settings.BASE_URL.split("//")[-1].split("/")[0].split(":")[0]


def attach(mail: EmailMultiAlternatives, attachments: list[Attachment]) -> None:
    """Add the files; one that speaks for the whole message becomes its last, richest form as well."""
    for each in attachments:
        if each.speaks_as:
            mail.attach_alternative(each.content.decode(), each.speaks_as)
        mail.attach(each.name, each.content, each.mime)
