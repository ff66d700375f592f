"""The index of the mentoring app's tasks."""

from mentoring.checkins.tasks import send_reminders

__all__ = ["send_reminders"]
