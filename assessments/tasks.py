"""The index of this app's tasks."""

from assessments.attempts.tasks import close_expired

__all__ = ["close_expired"]
