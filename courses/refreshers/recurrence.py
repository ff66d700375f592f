"""When a refresher comes, as RFC 5545 rules of days; the time of day and its zone are the refresher's own.

A rule names days: FREQ is YEARLY, MONTHLY, WEEKLY or DAILY, with INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, and
COUNT or UNTIL (a day, included). COUNT counts the days of the rule, those left out too. A first day that the rule does
not hit is no run.

"The 31st of every month" falls on the last day of a shorter month: 30 June, 28 February. RFC 5545 alone would leave
such months out, so `rule_of` and `completed` write it as the last of the days 28 to 31.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Any, Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from django.db import models
from django.utils.translation import gettext_lazy

from courses.refreshers.rrule_text import WEEKDAYS, WEEKS_OF_MONTH, WEEKS_OF_YEAR, Pattern, by_month, parse

__all__ = [
    "Frequency",
    "Pattern",
    "completed",
    "days_between",
    "days_from",
    "frequency_of",
    "parse",
    "planned_days",
    "rule_of",
]

SHORTEST_MONTH = 28
AHEAD = timedelta(days=3660)  # a rule without an end is looked at no further than ten years ahead
FREQUENCIES: dict[str, Literal[0, 1, 2, 3]] = {"YEARLY": YEARLY, "MONTHLY": MONTHLY, "WEEKLY": WEEKLY, "DAILY": DAILY}


class Frequency(models.TextChoices):
    MONTHLY = "monthly", gettext_lazy("Every month")
    QUARTERLY = "quarterly", gettext_lazy("Every quarter")


INTERVALS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}


def rule_of(frequency: str, starts_on: date) -> str:
    """The rule for this frequency from this first day."""
    return completed(Pattern("MONTHLY", interval=INTERVALS[Frequency(frequency)]), starts_on).text


def completed(pattern: Pattern, starts_on: date) -> Pattern:
    """The rule that says itself on which days of shorter months it falls; others stay as they are."""
    silent = not (pattern.days or pattern.month_days or pattern.positions)
    if pattern.frequency not in {"MONTHLY", "YEARLY"} or not silent or starts_on.day <= SHORTEST_MONTH:
        return pattern
    months = pattern.months or ((starts_on.month,) if pattern.frequency == "YEARLY" else ())
    return replace(pattern, months=months, month_days=last_of(starts_on.day), positions=(-1,))


def last_of(day: int) -> tuple[int, ...]:
    """The days of a month of which the last one that there is stands for `day`; with BYSETPOS=-1."""
    return tuple(range(SHORTEST_MONTH, day + 1)) if day > SHORTEST_MONTH else (day,)


def frequency_of(rule: str) -> Frequency:
    """Which of our frequencies a rule is."""
    return Frequency.QUARTERLY if "INTERVAL=3" in rule.split(";") else Frequency.MONTHLY


def days_from(rule: str, starts_on: date, first: date) -> Iterator[date]:
    """The days of the rule from `first` on, that day included; no further than ten years after it."""
    return (day for day in _every(parse(rule), starts_on, first + AHEAD) if day >= first)


def _every(pattern: Pattern, starts_on: date, last: date) -> Iterator[date]:
    """All days of the rule from `starts_on` to `last`."""
    end = min(last, pattern.until or last)
    if end < starts_on:
        return iter(())
    # Positions in a week are counted from its Monday, also in the week in which the rule begins.
    begin = starts_on - timedelta(days=starts_on.weekday()) if pattern.frequency == "WEEKLY" else starts_on
    expanded = rrule(
        FREQUENCIES[pattern.frequency],
        dtstart=datetime.combine(begin, time.min),
        until=datetime.combine(end, time.min),
        interval=pattern.interval,
        **_parts(pattern, starts_on),
    )
    days = (moment.date() for moment in expanded)
    return islice((day for day in days if day >= starts_on and _kept(pattern, day)), pattern.count)


def _parts(pattern: Pattern, starts_on: date) -> dict[str, Any]:
    """The BY parts as dateutil names them; a missing one is left out, so that the first day says it.

    What only leaves out days of a daily or weekly rule is asked of each day by `_kept`: dateutil would look for a day
    that never comes until the year 9999.
    """
    if pattern.frequency == "DAILY":
        return {}
    parts: dict[str, Any] = {"byweekday": list(_weekdays(pattern, starts_on)), "bysetpos": pattern.positions}
    if pattern.frequency != "WEEKLY":
        parts |= {"bymonth": pattern.months, "bymonthday": pattern.month_days}
    return {name: value for name, value in parts.items() if value}


def _kept(pattern: Pattern, day: date) -> bool:
    """Whether the months, days of the month and of the week that the rule names hold this day."""
    if pattern.frequency not in {"DAILY", "WEEKLY"}:
        return True
    from_end = day.day - monthrange(day.year, day.month)[1] - 1
    return (
        (not pattern.months or day.month in pattern.months)
        and (not pattern.month_days or not {day.day, from_end}.isdisjoint(pattern.month_days))
        and (not pattern.days or WEEKDAYS[day.weekday()] in {each.name for each in pattern.days})
    )


def _weekdays(pattern: Pattern, starts_on: date) -> Iterator[weekday]:
    """The days of the week. Beside numbered ones "Monday" is the first, the second and so on: dateutil wants both."""
    if pattern.frequency == "WEEKLY" and not pattern.days:
        yield weekday(starts_on.weekday())
    numbered = any(day.nth for day in pattern.days)
    weeks = WEEKS_OF_MONTH if by_month(pattern) else WEEKS_OF_YEAR
    for day in pattern.days:
        each = range(1, weeks + 1) if numbered and not day.nth else (day.nth or None,)
        yield from (weekday(WEEKDAYS.index(day.name), nth) for nth in each)


def days_between(rule: str, starts_on: date, first: date, last: date) -> list[date]:
    """The days of the rule from `first` to `last`, both included."""
    found = _every(parse(rule), starts_on, last)
    return [day for day in takewhile(lambda day: day <= last, found) if day >= first]


def planned_days(rule: str, starts_on: date, first: date, last: date, left_out: Collection[date] = ()) -> list[date]:
    """The days of the rule from `first` to `last` without those that HR left out."""
    return [day for day in days_between(rule, starts_on, first, last) if day not in left_out]
