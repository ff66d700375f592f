"""Days of the company: what is judged, counted and looked back at by the day is so for everybody, wherever they read.

What a reader is shown as a date is in the own time zone; see `clock.today`.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from trainingsite.core import clock

MOMENT = timedelta(microseconds=1)


def company_day(moment: datetime) -> date:
    """The day that it is in the company."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def start_of(day: date) -> datetime:
    """The first moment of the day in the company."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def end_of(day: date) -> datetime:
    """The last moment of the day in the company."""
    return start_of(day + timedelta(days=1)) - MOMENT


def today() -> date:
    """The day that it is in the company now, whatever the reader's time zone; what acts are told."""
    return company_day(clock.now())
