"""RFC 5545 recurrence rules as text: read with a reason at what is wrong, and written in one order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainingsite.core.errors import Refused

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
MOST_INTERVAL, MOST_COUNT = 366, 10_000
LONGEST = 500
WEEKS_OF_MONTH, WEEKS_OF_YEAR = 5, 53
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NEVER = gettext_lazy("This rule never fires: it names a day that does not come.")
T = TypeVar("T")


@dataclass(frozen=True)
class Day:
    """A day of the week; `nth` is which of the month or year, from the end when negative, 0 for each."""

    name: str
    nth: int = 0

    def __str__(self) -> str:
        return f"{self.nth or ''}{self.name}"


@dataclass(frozen=True)
class Pattern:
    """A rule as it was read; what is empty the first day says."""

    frequency: str
    interval: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    days: tuple[Day, ...] = ()
    positions: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None

    @property
    def text(self) -> str:
        """The rule as RFC 5545 writes it."""
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": self.interval if self.interval > 1 else "",
            "BYMONTH": _list(self.months),
            "BYMONTHDAY": _list(self.month_days),
            "BYDAY": _list(self.days),
            "BYSETPOS": _list(self.positions),
            "COUNT": self.count or "",
            "UNTIL": f"{self.until:%Y%m%d}" if self.until else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _list(values: tuple[Any, ...]) -> str:
    return ",".join(map(str, values))


def wrong(text: str | Promise, code: str) -> Refused:
    """A refusal that stands at the rule."""
    return Refused(text, field="rrule", code=code)


def parse(text: str) -> Pattern:
    """Read a rule; refused, at the field `rrule`, when it is none, fires too often or asks for what we do not keep."""
    parts = _split(text)
    frequency = _frequency(parts.pop("FREQ", ""))
    found = {NAMES[name][0]: NAMES[name][1](name, value) for name, value in parts.items() if _known(name)}
    pattern = Pattern(frequency, **found)
    for holds, words, code in CHECKS:
        if holds(pattern):
            raise wrong(words, code)
    return pattern


def _split(text: str) -> dict[str, str]:
    """The parts of the text by their names, each once."""
    if len(text) > LONGEST:
        raise wrong(_("This rule is too long."), "rule_too_long")
    pairs = [part.partition("=") for part in text.upper().removeprefix("RRULE:").strip().split(";") if part]
    names = [name.strip() for name, _sign, _value in pairs]
    if len(set(names)) < len(names):
        raise wrong(_("This rule says something twice."), "rule_part_twice")
    return {name: value.strip() for name, (_name, _sign, value) in zip(names, pairs, strict=True)}


def _frequency(name: str) -> str:
    if name in TOO_OFTEN:
        raise wrong(_("At most once a day: every hour, minute or second is too often."), "rule_too_often")
    if name not in FREQUENCIES:
        raise wrong(_("Say how often: every year, month, week or day."), "rule_without_frequency")
    return name


def _known(name: str) -> bool:
    if name in {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        raise wrong(_("At most once a day: the time of day is a field of its own."), "rule_too_often")
    if name not in NAMES:
        raise wrong(_("“%(part)s” cannot be part of a rule here.") % {"part": name[:30]}, "rule_part_unknown")
    return True


def _unreadable(name: str, value: str) -> Refused:
    return wrong(_("%(part)s cannot be “%(value)s”.") % {"part": name, "value": value[:40]}, "rule_part_unreadable")


def _number(name: str, value: str, least: int, most: int) -> int:
    digits = value.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 5):  # noqa: PLR2004 - longer is out of range
        raise _unreadable(name, value)
    if not least <= (number := int(value)) <= most or number == 0:
        raise _unreadable(name, value)
    return number


def _one(least: int, most: int) -> Callable[[str, str], int]:
    return lambda name, value: _number(name, value, least, most)


def _many(least: int, most: int) -> Callable[[str, str], tuple[int, ...]]:
    """Several numbers, each once, in order."""
    return lambda name, value: tuple(sorted({_number(name, each, least, most) for each in value.split(",")}))


def _days(name: str, value: str) -> tuple[Day, ...]:
    found = {_day(name, each.strip()) for each in value.split(",")}
    return tuple(sorted(found, key=lambda day: (WEEKDAYS.index(day.name), day.nth)))


def _day(name: str, value: str) -> Day:
    nth, day = value[:-2], value[-2:]
    if day not in WEEKDAYS:
        raise _unreadable(name, value)
    return Day(day, _number(name, nth, -WEEKS_OF_YEAR, WEEKS_OF_YEAR) if nth else 0)


def _until(name: str, value: str) -> date:
    try:
        return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise _unreadable(name, value) from error


NAMES: Mapping[str, tuple[str, Callable[[str, str], Any]]] = {
    "INTERVAL": ("interval", _one(1, MOST_INTERVAL)),
    "BYMONTH": ("months", _many(1, 12)),
    "BYMONTHDAY": ("month_days", _many(-31, 31)),
    "BYDAY": ("days", _days),
    "BYSETPOS": ("positions", _many(-366, 366)),
    "COUNT": ("count", _one(1, MOST_COUNT)),
    "UNTIL": ("until", _until),
}


def _numbered(pattern: Pattern) -> bool:
    return any(day.nth for day in pattern.days)


def by_month(pattern: Pattern) -> bool:
    """Whether the first Monday is one of a month, not of a year."""
    return pattern.frequency == "MONTHLY" or bool(pattern.months)


def _no_such_weekday(pattern: Pattern) -> bool:
    """Whether one of the numbered days never comes: a sixth Monday of a month."""
    return by_month(pattern) and any(abs(day.nth) > WEEKS_OF_MONTH for day in pattern.days)


def _no_such_day(pattern: Pattern) -> bool:
    """Whether none of the months ever has one of the days of the month: 30 February."""
    longest = max(LENGTHS[month - 1] for month in pattern.months or range(1, 13))
    return bool(pattern.month_days) and min(map(abs, pattern.month_days)) > longest


def _no_such_position(pattern: Pattern) -> bool:
    """Whether no day, week, month or year can hold as many days as the positions ask for."""
    return bool(pattern.positions) and min(map(abs, pattern.positions)) > _most(pattern)


def _most(pattern: Pattern) -> int:
    """How many days one period of the rule can hold at most."""
    if pattern.frequency == "DAILY":
        return 1
    if pattern.frequency == "WEEKLY":
        return len(pattern.days) or 1
    weeks = WEEKS_OF_MONTH if by_month(pattern) else WEEKS_OF_YEAR
    found = [len(pattern.month_days)] if pattern.month_days else []
    found += [sum(1 if day.nth else weeks for day in pattern.days)] if pattern.days else []
    months = 1 if pattern.frequency == "MONTHLY" else len(pattern.months) or 12
    return min(found, default=1) * months


CHECKS: tuple[tuple[Callable[[Pattern], object], Promise, str], ...] = (
    (
        lambda rule: rule.count and rule.until,
        gettext_lazy("Say either how many times or until when, not both."),
        "rule_ends_twice",
    ),
    (
        lambda rule: rule.frequency == "WEEKLY" and rule.month_days,
        gettext_lazy("A weekly rule names days of the week, not of the month."),
        "rule_mixed",
    ),
    (
        lambda rule: rule.frequency in {"WEEKLY", "DAILY"} and _numbered(rule),
        gettext_lazy("Only a rule by month or year can name the first or last Monday."),
        "rule_mixed",
    ),
    (
        lambda rule: rule.month_days and _numbered(rule),
        gettext_lazy("Name either days of the month or the first or last Monday, not both."),
        "rule_mixed",
    ),
    (
        lambda rule: rule.positions and not (rule.days or rule.month_days or rule.months),
        gettext_lazy("BYSETPOS chooses among days; name the days."),
        "rule_mixed",
    ),
    (
        lambda rule: rule.frequency == "WEEKLY" and rule.months and rule.positions,
        gettext_lazy("A weekly rule with months cannot choose among its days; name the days."),
        "rule_mixed",
    ),
    (_no_such_weekday, NEVER, "rule_never_fires"),
    (_no_such_day, NEVER, "rule_never_fires"),
    (_no_such_position, NEVER, "rule_never_fires"),
)
