"""Kinds of notices: each feature registers the words of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Kind:
    """`subject` makes the one-line text from the facts, in the active language; `icon` is shown beside it."""

    subject: Callable[[dict[str, Any]], str]
    icon: str = "bell"
    body: Callable[[dict[str, Any]], str] = lambda _facts: ""


KINDS: Registry[Kind] = Registry("notice kind")
