"""The index of this app's tasks."""

from assessments.attempts.tasks import close_expired
from assessments.surveys.tasks import send_reminders

__all__ = ["close_expired", "send_reminders"]
