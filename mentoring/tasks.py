"""The index of the mentoring app's tasks."""

from mentoring.careers.tasks import apply_promotions
from mentoring.checkins.tasks import send_reminders

__all__ = ["apply_promotions", "send_reminders"]
