"""The rhythms that HR chooses from, as rules of RFC 5545 and back; whatever else a rule says is written by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from courses.refreshers.recurrence import completed, parse
from courses.refreshers.rrule_text import WEEKDAYS, Day, Pattern
from trainingsite.core.errors import Refused

WEEK = 7


class Rhythm(TextChoices):
    DAILY = "daily", pgettext_lazy("rhythm", "Day by day")
    WEEKLY = "weekly", pgettext_lazy("rhythm", "By the week")
    MONTHLY = "monthly", pgettext_lazy("rhythm", "Every month")
    QUARTERLY = "quarterly", pgettext_lazy("rhythm", "Every quarter")
    YEARLY = "yearly", pgettext_lazy("rhythm", "Every year")
    OWN = "own", pgettext_lazy("rhythm", "A rule of its own (RFC 5545)")


class On(TextChoices):
    """Which day of the month, by the first day: its number, its weekday, or the end of the month."""

    DAY = "day", pgettext_lazy("rhythm", "On the same day of the month")
    NTH = "nth", pgettext_lazy("rhythm", "On the same weekday, as the third Thursday")
    LAST = "last", pgettext_lazy("rhythm", "On the last such weekday of the month")
    END = "end", pgettext_lazy("rhythm", "On the last day of the month")


FREQUENCIES = {
    Rhythm.DAILY: ("DAILY", 1),
    Rhythm.WEEKLY: ("WEEKLY", 1),
    Rhythm.MONTHLY: ("MONTHLY", 1),
    Rhythm.QUARTERLY: ("MONTHLY", 3),
    Rhythm.YEARLY: ("YEARLY", 1),
}


def rule_from(given: Mapping[str, Any]) -> str:
    """The rule for what was chosen: rhythm, every, weekdays, on, until, times, starts_on; or `own` as written."""
    if given["rhythm"] == Rhythm.OWN:
        return str(given["own"])
    frequency, interval = FREQUENCIES[given["rhythm"]]
    every = interval * (given.get("every") or 1)
    pattern = Pattern(frequency, interval=every, until=given.get("until"), count=given.get("times"))
    if frequency == "WEEKLY":
        names = given.get("weekdays") or [WEEKDAYS[given["starts_on"].weekday()]]
        pattern = replace(pattern, days=tuple(Day(name) for name in WEEKDAYS if name in names))
    elif frequency in {"MONTHLY", "YEARLY"}:
        pattern = replace(pattern, **_in_month(frequency, given.get("on") or On.DAY, given["starts_on"]))
    return completed(pattern, given["starts_on"]).text


def _in_month(frequency: str, on: str, day: date) -> dict[str, Any]:
    """The parts of the rule that name the day of the month; within a year the month too."""
    months = {"months": (day.month,)} if frequency == "YEARLY" else {}
    name = WEEKDAYS[day.weekday()]
    parts: dict[str, dict[str, Any]] = {
        On.DAY: {},
        On.NTH: {"days": (Day(name, (day.day - 1) // WEEK + 1),)},
        On.LAST: {"days": (Day(name, -1),)},
        On.END: {"month_days": (-1,)},
    }
    return (months | parts[on]) if parts[on] else {}


def chosen_of(rule: str, starts_on: date) -> dict[str, Any]:
    """What was chosen to get this rule; one that no choice gives is a rule of its own."""
    own = {"rhythm": Rhythm.OWN, "own": rule}
    try:
        pattern = parse(rule)
    except Refused:
        return own
    end = {"until": pattern.until, "times": pattern.count}
    for rhythm, (frequency, interval) in reversed(FREQUENCIES.items()):
        if frequency != pattern.frequency or pattern.interval % interval:
            continue
        every = pattern.interval // interval
        given = {"rhythm": rhythm, "every": every, "starts_on": starts_on, **end}
        for ways in _ways(pattern):
            if rule_from(given | ways) == rule:
                return given | ways
    return own


def _ways(pattern: Pattern) -> list[dict[str, Any]]:
    if pattern.frequency == "WEEKLY":
        return [{"weekdays": [day.name for day in pattern.days]}]
    return [{"on": on} for on in On] if pattern.frequency in {"MONTHLY", "YEARLY"} else [{}]
