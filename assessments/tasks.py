"""The index of this app's tasks."""

from assessments.appeals.tasks import escalate_appeals
from assessments.attempts.tasks import close_expired
from assessments.exchange.tasks import forget_old_imports
from assessments.marking.tasks import remind_markers
from assessments.practice.tasks import reschedule, reschedule_range, take_in
from assessments.ratings.tasks import collect_evidence, sweep_levels
from assessments.statistics.tasks import count_all, count_changed
from assessments.surveys.tasks import send_reminders

__all__ = [
    "close_expired",
    "collect_evidence",
    "count_all",
    "count_changed",
    "escalate_appeals",
    "forget_old_imports",
    "remind_markers",
    "reschedule",
    "reschedule_range",
    "send_reminders",
    "sweep_levels",
    "take_in",
]
