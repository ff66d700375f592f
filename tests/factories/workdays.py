from datetime import date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from courses.models import CompanyDay
from courses.workdays.days import Region, day_off_name

DAY = timedelta(days=1)


class CompanyDayFactory(DjangoModelFactory):
    """司庆日 on Monday, 23 November 2026, for everybody."""

    class Meta:
        model = CompanyDay

    day = date(2026, 11, 23)
    region = ""
    kind = "off"
    name = factory.Sequence(lambda n: f"司庆日 {n}")


def clear_of_holidays(moment: datetime, days: int = 3) -> datetime:
    """The moment, or as many days later as it takes until these days from it on are no holidays of the mainland."""
    while any(day_off_name(moment.date() + n * DAY, Region.CN) for n in range(days)):
        moment += DAY
    return moment
