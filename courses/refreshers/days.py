"""On which days a refresher runs: the days of its rule, shifted over public holidays, days off and blackouts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.planning.models import Season
from courses.refreshers.models import Refresher
from courses.refreshers.recurrence import planned_days
from courses.workdays.days import Region, Shift, company_days, shift
from courses.workdays.models import CompanyDay, DayKind

DAY = timedelta(days=1)
REACH = timedelta(days=60)


@dataclass(frozen=True)
class Run:
    """A run as the rule has it: the day of the rule, the day after shifting, until when, and when beat opens it."""

    planned_on: date
    on: date
    due_on: date
    opens_at: datetime


def off_days(first: date, last: date) -> list[CompanyDay]:
    """What HR said of the days around these: its own days, and those of blackouts, on which nobody is trained either.

    A blackout goes before a weekend that is worked.
    """
    found = company_days(first, last)
    for season in Season.objects.filter(blackout=True).between(first - REACH, last + REACH):
        length = (season.ends_on - season.starts_on).days + 1
        days = [season.starts_on + number * DAY for number in range(length)]
        found += [
            CompanyDay(day=day, region=place, kind=DayKind.OFF, name=season.name) for day in days for place in Region
        ]
    return found


def _off(day: date, region: str, name: str) -> CompanyDay:
    return CompanyDay(day=day, region=region, kind=DayKind.OFF, name=name)


def run_on(refresher: Refresher, planned_on: date, on: date, lead: timedelta) -> Run:
    """The run of that day; a kind that is planned ahead opens `lead` before it begins."""
    due_on = on if lead else on + refresher.days_to_complete * DAY
    return Run(planned_on, on, due_on, refresher.moment_of(on) - lead)


def runs_between(
    refresher: Refresher, first: date, last: date, known: Sequence[CompanyDay] | None = None, *, lead: timedelta
) -> list[Run]:
    """The runs of the rule's days from `first` to `last`, in their order; `known` are the days off around them."""
    days = planned_days(refresher.rrule, refresher.starts_on, first, last, refresher.days_left_out)
    if refresher.shift == Shift.NONE:
        return [run_on(refresher, day, day, lead) for day in days]
    around = off_days(first, last) if known is None else known
    said = [each for each in around if each.region in {"", refresher.region}]
    return [run_on(refresher, day, _shifted(refresher, day, said), lead) for day in days]


def _shifted(refresher: Refresher, day: date, known: Sequence[CompanyDay]) -> date:
    """The working day for a day of the rule; never one before the first day of the rule."""
    found = shift(day, refresher.shift, refresher.region, known)
    return found if found >= refresher.starts_on else shift(day, Shift.NEXT, refresher.region, known)


def working_day(day: date, region: str) -> date:
    """The first day from this one on that is worked and no blackout holds."""
    return shift(day, Shift.NEXT, region, [each for each in off_days(day, day) if each.region in {"", region}])
