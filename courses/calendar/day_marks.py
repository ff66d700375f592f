"""The background of the calendar: public holidays, the company's days, seasons without training."""

from collections.abc import Iterator

from courses.calendar.sources import ALL_REGIONS, MARKS, Mark, Window
from courses.planning.models import Season
from courses.workdays.days import holidays_between
from courses.workdays.models import CompanyDay
from courses.workdays.regions import Region

OFF, WORK, CLOSED = "off", "work", "closed"


@MARKS.registers("holidays")
def holidays(window: Window) -> Iterator[Mark]:
    """Public holidays and weekends worked instead; the region is said when there are several."""
    several = len(window.regions) > 1
    for holiday in holidays_between(window.first, window.last, window.regions):
        name = f"{holiday.name} · {holiday.region.label}" if several else holiday.name
        yield Mark(holiday.day, holiday.day, name, WORK if holiday.worked else OFF)


@MARKS.registers("company-days")
def company_days(window: Window) -> Iterator[Mark]:
    """What HR declared for these regions, or for everybody; everybody may know it."""
    found = CompanyDay.objects.between(window.first, window.last)
    for each in found.filter(region__in=("", *window.regions)):
        named = each.region and window.filters.region == ALL_REGIONS
        name = f"{each} · {Region(each.region).label}" if named else str(each)
        yield Mark(each.day, each.day, name, OFF if each.off else WORK)


@MARKS.registers("blackouts")
def blackouts(window: Window) -> Iterator[Mark]:
    """Seasons in which nothing is scheduled; who does not plan need not know them."""
    found = Season.objects.visible_to(window.user).filter(blackout=True)
    for season in found.between(window.first, window.last):
        first, last = max(season.starts_on, window.first), min(season.ends_on, window.last)
        yield Mark(first, last, season.name, CLOSED)
