"""The index of this app's tasks."""

from analytics.rollups.tasks import refresh

__all__ = ["refresh"]
