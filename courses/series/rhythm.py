"""The days of a series: an RFC 5545 rule from its first day on; days off and blackouts are left out or shifted."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from courses.planning.models import Season
from courses.planning.seasons import REACH, blackouts, inside, next_free
from courses.workdays.days import Region, company_days, is_workday, reason_off
from courses.workdays.models import CompanyDay
from trainingsite.core.errors import Refused

MOST = 60
LETTERS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)
LAST_WEEK = 4  # the fifth of a weekday is not in every month: it is said as the last one


class Rhythm(TextChoices):
    WEEKLY = "weekly", pgettext_lazy("series", "Every week")
    FORTNIGHTLY = "fortnightly", pgettext_lazy("series", "Every two weeks")
    MONTHLY = "monthly", pgettext_lazy("series", "Every month on this day")
    WEEKDAY = "weekday", pgettext_lazy("series", "Every month on this day of the week")


class DaysOff(TextChoices):
    """What becomes of days off and of days in a blackout."""

    SKIP = "skip", pgettext_lazy("series", "Leave them out")
    SHIFT = "shift", pgettext_lazy("series", "Take the next working day")


@dataclass(frozen=True)
class Found:
    """A day of the rule: the `day` on which it takes place, None when it is left out, and why it is not `planned`."""

    planned: date
    day: date | None
    why: str = ""

    @property
    def is_shifted(self) -> bool:
        return self.day is not None and self.day != self.planned


def rule_of(
    rhythm: str, starts_on: date, *, weekdays: Sequence[str] = (), until: date | None = None, times: int | None = None
) -> str:
    """The RFC 5545 rule, ending with `until` or after so many `times`."""
    if until and until < starts_on:
        raise Refused(_("The end lies before the start."), field="until", code="ends_before_start")
    if bool(until) == bool(times):
        raise Refused(_("Say until when, or how many times."), field="until", code="end_missing")
    end = f"UNTIL={until:%Y%m%d}" if until else f"COUNT={times}"
    return f"{_frequency(rhythm, starts_on, weekdays)};{end}"


def _frequency(rhythm: str, starts_on: date, weekdays: Sequence[str]) -> str:
    if rhythm == Rhythm.MONTHLY:
        return f"FREQ=MONTHLY;BYMONTHDAY={_day_of_month(starts_on)}"
    if rhythm == Rhythm.WEEKDAY:
        week = (starts_on.day - 1) // 7
        return f"FREQ=MONTHLY;BYDAY={-1 if week == LAST_WEEK else week + 1}{LETTERS[starts_on.weekday()]}"
    days = [day for day in LETTERS if day in weekdays] or [LETTERS[starts_on.weekday()]]
    interval = ";INTERVAL=2" if rhythm == Rhythm.FORTNIGHTLY else ""
    return f"FREQ=WEEKLY{interval};BYDAY={','.join(days)}"


def _day_of_month(day: date) -> int:
    """The last day of a month is the last one of every month."""
    return -1 if day.day == monthrange(day.year, day.month)[1] else day.day


def days_of(rule: str, starts_on: date) -> list[date]:
    """The days of the rule; refused when there is none, or more than sixty."""
    try:
        found = rrulestr(rule, dtstart=datetime(starts_on.year, starts_on.month, starts_on.day))  # noqa: DTZ001 - days alone
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(_("This rule cannot be read."), field="rhythm", code="rule_unreadable") from error
    days = [moment.date() for moment, _number in zip(found, range(MOST + 1), strict=False)]
    if not days:
        raise Refused(_("No day fits this rule."), field="until", code="no_day")
    if len(days) > MOST:
        text = _("A series has at most %(n)s sessions.") % {"n": MOST}
        raise Refused(text, field="until", code="too_many_sessions")
    return days


def arranged(days: Sequence[date], days_off: str, region: str = Region.CN) -> list[Found]:
    """The days outside days off and blackouts: those inside are left out or shifted; two never fall on one day."""
    known = company_days(days[0], days[-1] + REACH)
    seasons = blackouts(days[0], days[-1] + REACH)
    taken: set[date] = set()
    found = []
    for day in days:
        one = _arranged(day, days_off, _Calendar(region, known, seasons), taken)
        if one.day:
            taken.add(one.day)
        found.append(one)
    return found


@dataclass(frozen=True)
class _Calendar:
    region: str
    company: Sequence[CompanyDay]
    seasons: Sequence[Season]

    def why_not(self, day: date) -> str:
        """Why nothing takes place on the day; "" when it may."""
        if season := inside(day, self.seasons):
            return season.name
        return reason_off(day, self.region, self.company)

    def next_open(self, day: date) -> date | None:
        """The first day from this one on that is open."""
        last = day + REACH
        while day <= last:
            day = next_free(day, self.seasons)
            if is_workday(day, self.region, self.company):
                return day
            day += DAY
        return None


def _arranged(day: date, days_off: str, calendar: _Calendar, taken: set[date]) -> Found:
    why = calendar.why_not(day)
    if not why:
        return Found(day, None, _("The series has a session on this day already.")) if day in taken else Found(day, day)
    moved = calendar.next_open(day) if days_off == DaysOff.SHIFT else None
    if moved in taken:
        moved, why = None, _("%(why)s; %(day)s has a session already") % {"why": why, "day": _short(moved)}
    return Found(day, moved, why)


def _short(day: date | None) -> str:
    return date_format(day, "MONTH_DAY_FORMAT") if day else ""
