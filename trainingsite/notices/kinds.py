"""Kinds of notices: each feature registers the words of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Kind:
    """`subject` makes the one-line text from the facts, in the active language; `icon` is shown beside it."""

    subject: Callable[[dict[str, Any]], str]
    icon: str = "bell"
    body: Callable[[dict[str, Any]], str] = lambda _facts: ""


KINDS: Registry[Kind] = Registry("notice kind")


def words(kind: str, facts: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, body and icon of a notice in the active language; a kind that is no more still says something."""
    if kind not in KINDS:
        return _("Notice"), "", "bell"
    known = KINDS[kind]
    return str(known.subject(facts)), str(known.body(facts)), known.icon
