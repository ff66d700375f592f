"""How often a refresher comes, as RFC 5545 rules.

A day that a month lacks falls on the last day of that month: the 31st on 30 June and 28 February. RFC 5545 alone would
leave such months out.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import takewhile

from dateutil.rrule import rrule, rrulestr
from django.db import models
from django.utils.translation import gettext_lazy as _

SHORTEST_MONTH = 28


class Frequency(models.TextChoices):
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")


INTERVALS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}


def rule_of(frequency: str, starts_on: date) -> str:
    """The rule for this frequency from this first day."""
    interval = INTERVALS[Frequency(frequency)]
    parts = ["FREQ=MONTHLY"] + ([f"INTERVAL={interval}"] if interval > 1 else [])
    if starts_on.day > SHORTEST_MONTH:
        days = ",".join(map(str, range(SHORTEST_MONTH, starts_on.day + 1)))
        parts += [f"BYMONTHDAY={days}", "BYSETPOS=-1"]
    return ";".join(parts)


def frequency_of(rule: str) -> Frequency:
    """Which of our frequencies a rule is."""
    return Frequency.QUARTERLY if "INTERVAL=3" in rule.split(";") else Frequency.MONTHLY


def days_from(rule: str, starts_on: date, first: date) -> Iterator[date]:
    """The days of the rule from `first` on, that day included; without end."""
    expanded = rrulestr(rule, dtstart=datetime.combine(starts_on, time.min))
    assert isinstance(expanded, rrule)  # noqa: S101 - one rule, not a set of rules
    return (moment.date() for moment in expanded.xafter(datetime.combine(first, time.min), inc=True))


def days_between(rule: str, starts_on: date, first: date, last: date) -> list[date]:
    """The days of the rule from `first` to `last`, both included."""
    return list(takewhile(lambda day: day <= last, days_from(rule, starts_on, first)))
