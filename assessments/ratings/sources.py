"""Where evidence comes from; the app that owns a source registers it.

A source that is assessed by people (`by_person`) names who did; one that is `sent` may be written by REST clients.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from trainingsite.core.registry import Registry

if TYPE_CHECKING:
    from assessments.ratings.models import Evidence
    from trainingsite.people.models import User


@dataclass(frozen=True)
class Source:
    """`weight` is what the first rule gives it; `describe` is the address of what a piece rests on, "" for none."""

    label: str | Promise
    icon: str
    weight: float = 1.0
    by_person: bool = False
    describe: "Callable[[Evidence, User], str] | None" = None
    sent: bool = False


SOURCES: Registry[Source] = Registry("source of evidence")


def link_of(evidence: "Evidence", viewer: "User") -> str:
    """Where the viewer sees what the piece rests on; "" where there is nothing more to see."""
    describe = SOURCES[evidence.source].describe if evidence.source in SOURCES else None
    return describe(evidence, viewer) if describe else ""


def label_of(source: str) -> str:
    """The name of a source, its key when the app that owned it is gone."""
    return str(SOURCES[source].label) if source in SOURCES else source
