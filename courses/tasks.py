"""The index of this app's tasks; Celery finds them here."""

from courses.audiences.tasks import refresh_members
from courses.enrolment.tasks import mark_overdue, send_reminders
from courses.programmes.tasks import settle_programmes
from courses.refreshers.tasks import open_due, remind_due
from courses.seats.tasks import look_after_seats
from courses.session_papers.tasks import ask_feedback

__all__ = [
    "ask_feedback",
    "look_after_seats",
    "mark_overdue",
    "open_due",
    "refresh_members",
    "remind_due",
    "send_reminders",
    "settle_programmes",
]
