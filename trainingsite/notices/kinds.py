"""Kinds of notices: each feature registers the words of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from trainingsite.core.registry import Registry

if TYPE_CHECKING:  # the models show the words
    from trainingsite.notices.models import Notice


@dataclass(frozen=True)
class Kind:
    """`subject` makes the one-line text from the facts, in the active language; `icon` is shown beside it."""

    subject: Callable[[dict[str, Any]], str]
    icon: str = "bell"
    body: Callable[[dict[str, Any]], str] = lambda _facts: ""


@dataclass(frozen=True)
class Attachment:
    """A file of an e-mail; with `speaks_as` its text is besides another form of the whole message, of that type."""

    name: str
    content: bytes
    mime: str
    speaks_as: str = ""


KINDS: Registry[Kind] = Registry("notice kind")
# By the kind: what goes with the e-mail of a notice, in the active language; the same whenever it is sent again.
ATTACHMENTS: "Registry[Callable[[Notice], list[Attachment]]]" = Registry("attachments of a notice kind")


def words(kind: str, facts: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, body and icon of a notice in the active language; a kind that is no more still says something."""
    if kind not in KINDS:
        return _("Notice"), "", "bell"
    known = KINDS[kind]
    return str(known.subject(facts)), str(known.body(facts)), known.icon
