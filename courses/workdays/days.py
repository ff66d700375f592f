"""Which days are worked: public holidays of a region, weekends worked instead, and what the company declared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from courses.workdays.models import CompanyDay
from courses.workdays.regions import Region, table_of

__all__ = [
    "Holiday",
    "Region",
    "Shift",
    "company_days",
    "day_off_name",
    "holiday_name",
    "holidays_between",
    "is_workday",
    "reason_off",
    "shift",
]

DAY = timedelta(days=1)
SATURDAY = 5
REACH = 60  # no region rests for longer; a company that declared more days off is not searched further


class Shift(TextChoices):
    """What becomes of a day that nobody works on."""

    NONE = "none", pgettext_lazy("shift", "Leave it there")
    NEXT = "next", pgettext_lazy("shift", "The next working day")
    PREVIOUS = "previous", pgettext_lazy("shift", "The working day before")
    NEAREST = "nearest", pgettext_lazy("shift", "The nearest working day")


@dataclass(frozen=True)
class Holiday:
    """A day that the calendar of a region names: a public holiday, or (`worked`) a weekend day worked instead."""

    day: date
    region: Region
    name: str
    worked: bool = False


def company_days(first: date, last: date) -> list[CompanyDay]:
    """What HR declared for these days, with those that a shift from them may reach: one query."""
    reach = timedelta(days=REACH)
    return list(CompanyDay.objects.between(first - reach, last + reach))


def declared(day: date, region: str, known: Sequence[CompanyDay]) -> CompanyDay | None:
    """What the company says of the day: the region's own entry, else the one for all."""
    here = {each.region: each for each in known if each.day == day}
    return here.get(region) or here.get("")


def holiday_name(day: date, region: str) -> str:
    """The public holiday of the day in the language of the page; "" when it is none."""
    return table_of(region, day.year).off.get(day, "")


def is_workday(day: date, region: str, known: Sequence[CompanyDay] = ()) -> bool:
    """Whether people of the region work; `known` are the company's days around it."""
    if said := declared(day, region, known):
        return not said.off
    year = table_of(region, day.year)
    if day.weekday() >= SATURDAY:
        return day in year.worked
    return day not in year.off


def day_off_name(day: date, region: str, known: Sequence[CompanyDay] = ()) -> str:
    """The company's day off or the public holiday that the day is; "" on working days and usual weekends."""
    if said := declared(day, region, known):
        return str(said) if said.off else ""
    return holiday_name(day, region)


def reason_off(day: date, region: str, known: Sequence[CompanyDay] = ()) -> str:
    """Why nobody works on a day off: the company's day, the public holiday, the weekend; "" on a working day."""
    if is_workday(day, region, known):
        return ""
    return day_off_name(day, region, known) or _("weekend")


def shift(day: date, how: str, region: str, known: Sequence[CompanyDay] = ()) -> date:
    """The day, or the working day that takes its place; `day` itself when none is in reach.

    Of two that are equally near the later one is taken: people come rested, not before a holiday.
    """
    found = (moved for moved in _candidates(day, how) if is_workday(moved, region, known))
    return day if how == Shift.NONE else next(found, day)


def _candidates(day: date, how: str) -> Iterator[date]:
    for away in range(REACH + 1):
        if how in {Shift.NEXT, Shift.NEAREST}:
            yield day + away * DAY
        if how in {Shift.PREVIOUS, Shift.NEAREST}:
            yield day - away * DAY


def holidays_between(first: date, last: date, regions: Sequence[str] = tuple(Region)) -> list[Holiday]:
    """The public holidays and the weekends worked instead, by day, then in the order of the regions."""
    found = [
        holiday
        for year in range(first.year, last.year + 1)
        for region in regions
        for holiday in _of_year(Region(region), year)
        if first <= holiday.day <= last
    ]
    return sorted(found, key=lambda holiday: holiday.day)


def _of_year(region: Region, year: int) -> Iterator[Holiday]:
    found = table_of(region, year)
    for day, name in found.off.items():
        yield Holiday(day, region, name)
    for day in sorted(found.worked):
        yield Holiday(day, region, _("Working weekend"), worked=True)
