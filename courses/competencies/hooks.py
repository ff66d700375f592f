"""What happens when the framework is published; higher apps register (levels that people have)."""

from collections.abc import Callable
from datetime import datetime

from courses.competencies.models import FrameworkVersion
from trainingsite.core.registry import Registry

# Called in the transaction of publishing with the new version, the one before it, and the moment.
PUBLISHED: Registry[Callable[[FrameworkVersion, FrameworkVersion | None, datetime], None]] = Registry("framework hook")


def published(version: FrameworkVersion, before: FrameworkVersion | None, at: datetime) -> None:
    """Tell everybody who asked to know."""
    for hook in PUBLISHED.values():
        hook(version, before, at)
