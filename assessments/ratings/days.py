"""Ages of evidence count in days of the company, wherever the reader is."""

from datetime import date, datetime, time

from django.utils import timezone


def company_day(moment: datetime) -> date:
    """The day that the moment falls on in the company."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def start_of(day: date) -> datetime:
    """The moment at which the day begins in the company."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
