"""The index of this app's tasks; Celery finds them here."""

from courses.enrolment.tasks import mark_overdue, send_reminders
from courses.refreshers.tasks import open_due

__all__ = ["mark_overdue", "open_due", "send_reminders"]
