"""Ages of evidence count in days of the company, wherever the reader is."""

from datetime import date, datetime, time

from django.utils import timezone

from assessments.profiles.past import company_day

__all__ = ["company_day", "start_of"]


def start_of(day: date) -> datetime:
    """The moment at which the day begins in the company."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
