"""A rule in words, for people: 每 3 个月 · 第三个星期四 · 到 2027年12月31日."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from courses.refreshers.recurrence import SHORTEST_MONTH, parse
from courses.refreshers.rrule_text import WEEKDAYS as NAMES
from courses.refreshers.rrule_text import Pattern
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

QUARTER, HALF, YEAR = 3, 6, 12
ONCE = {
    "DAILY": pgettext_lazy("rhythm", "Every day"),
    "WEEKLY": pgettext_lazy("rhythm", "Every week"),
    "MONTHLY": pgettext_lazy("rhythm", "Every month"),
    "YEARLY": pgettext_lazy("rhythm", "Every year"),
}
SEVERAL = {
    "DAILY": gettext_lazy("Every %(n)s days"),
    "WEEKLY": gettext_lazy("Every %(n)s weeks"),
    "MONTHLY": gettext_lazy("Every %(n)s months"),
    "YEARLY": gettext_lazy("Every %(n)s years"),
}
NTH = {
    1: gettext_lazy("the first %(day)s"),
    2: gettext_lazy("the second %(day)s"),
    3: gettext_lazy("the third %(day)s"),
    4: gettext_lazy("the fourth %(day)s"),
    -1: gettext_lazy("the last %(day)s"),
    -2: gettext_lazy("the last but one %(day)s"),
}
OTHER = gettext_lazy("%(day)s number %(n)s")


def in_words(rule: str, starts_on: date) -> str:
    """How often, on which days and until when; a rule that cannot be read as it stands."""
    try:
        pattern = parse(rule)
    except Refused:
        return rule
    return " · ".join([_often(pattern), *_days(pattern, starts_on), *_end(pattern)])


def _often(pattern: Pattern) -> str:
    """Every month, every second week, every quarter."""
    if said := _quarters(pattern):
        return said
    number = pattern.interval
    named = {
        ("MONTHLY", QUARTER): pgettext("rhythm", "Every quarter"),
        ("MONTHLY", HALF): pgettext("rhythm", "Every half-year"),
    }
    if number == 1:
        return str(ONCE[pattern.frequency])
    return str(named.get((pattern.frequency, number)) or SEVERAL[pattern.frequency] % {"n": number})


def _quarters(pattern: Pattern) -> str:
    """A year with months at equal distances is a rhythm of its own."""
    steps = {later - earlier for earlier, later in pairwise(pattern.months)}
    if pattern.frequency != "YEARLY" or pattern.interval > 1 or len(steps) != 1:
        return ""
    named = {QUARTER: pgettext("rhythm", "Every quarter"), HALF: pgettext("rhythm", "Every half-year")}
    step = steps.pop()
    return named.get(step, "") if step * len(pattern.months) == YEAR else ""


def _days(pattern: Pattern, starts_on: date) -> Iterator[str]:
    if months := pattern.months or ((starts_on.month,) if pattern.frequency == "YEARLY" else ()):
        yield listed(str(MONTHS[month]) for month in months)
    if pattern.days:
        yield _weekdays(pattern)
    elif pattern.month_days:
        yield _month_days(pattern)
    elif pattern.frequency == "WEEKLY":
        yield str(WEEKDAYS[starts_on.weekday()])
    elif pattern.frequency in {"MONTHLY", "YEARLY"}:
        yield _("on day %(day)s") % {"day": starts_on.day}


def _weekdays(pattern: Pattern) -> str:
    if len(pattern.days) == len(NAMES) and not pattern.positions:
        return _("each day of the week")
    days = listed(_nth(day.nth, str(WEEKDAYS[NAMES.index(day.name)])) for day in pattern.days)
    return listed(_nth(place, days) for place in pattern.positions) or days


def _nth(number: int, day: str) -> str:
    """The first Thursday, the last Friday; from the end when negative, each when 0."""
    if not number:
        return day
    return str(NTH.get(number, OTHER)) % {"n": number, "day": day}


def _month_days(pattern: Pattern) -> str:
    """On day 5; the day that stands for longer months is the last of several."""
    if pattern.month_days == (-1,):
        return _("on the last day of the month")
    first, last = pattern.month_days[0], pattern.month_days[-1]
    if pattern.positions == (-1,) and first == SHORTEST_MONTH:
        return _("on day %(day)s, in shorter months on their last") % {"day": last}
    return _("on day %(day)s") % {"day": listed(map(str, pattern.month_days))}


def _end(pattern: Pattern) -> Iterator[str]:
    if pattern.until:
        yield _("until %(day)s") % {"day": date_format(pattern.until, "DATE_FORMAT")}
    if pattern.count:
        yield ngettext("once", "%(n)s times", pattern.count) % {"n": pattern.count}
