"""Keep the company's days."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.workdays.models import CompanyDay
from trainingsite.core.errors import Refused

YEARS_AROUND = 3
MOST_DAYS = 31
DAY = timedelta(days=1)
UNIQUE = "one_company_day_a_region"


def check_company_day(company_day: CompanyDay, *, on: date) -> None:
    """Raise Refused at the field that is wrong."""
    company_day.name = company_day.name.strip()
    if not company_day.name:
        raise Refused(_("Say what day it is."), field="name", code="name_missing")
    if abs(company_day.day.year - on.year) > YEARS_AROUND:
        values = {"first": on.year - YEARS_AROUND, "last": on.year + YEARS_AROUND}
        text = _("A day of the years %(first)s to %(last)s.") % values
        raise Refused(text, field="day", code="day_far_away")
    same = CompanyDay.objects.filter(day=company_day.day, region=company_day.region).exclude(pk=company_day.pk)
    if found := same.first():
        raise _taken(found.name, found.day)


def _taken(name: str, day: date) -> Refused:
    text = _("“%(name)s” is on %(day)s already.") if name else _("%(day)s has a company day already.")
    values = {"name": name, "day": date_format(day, "DATE_FORMAT")}
    return Refused(text % values, field="day", code="day_taken")


def check_company_days(first: CompanyDay, last: date | None, *, on: date) -> None:
    """Raise Refused at the field that is wrong for one of the days."""
    for each in _up_to(first, last):
        check_company_day(each, on=on)


def _up_to(first: CompanyDay, last: date | None) -> Sequence[CompanyDay]:
    """`first`, and the same for each day that follows up to `last`."""
    following = (last - first.day).days if last else 0
    if following < 0:
        raise Refused(_("The last day comes before the first one."), field="last", code="last_before_first")
    if following >= MOST_DAYS:
        raise Refused(_("At most %(n)s days at once.") % {"n": MOST_DAYS}, field="last", code="too_many_days")
    same = {"region": first.region, "kind": first.kind, "name": first.name}
    return [first, *(CompanyDay(day=first.day + number * DAY, **same) for number in range(1, following + 1))]


@transaction.atomic
def save_company_days(first: CompanyDay, last: date | None, *, on: date) -> list[CompanyDay]:
    """Keep `first` and the same for each day up to `last`: all of them or none."""
    return [save_company_day(each, on=on) for each in _up_to(first, last)]


@transaction.atomic
def save_company_day(company_day: CompanyDay, *, on: date) -> CompanyDay:
    """Keep the day; two at the same date and region are refused, also when they are sent at the same instant."""
    check_company_day(company_day, on=on)
    try:
        with transaction.atomic():
            company_day.save()
    except IntegrityError as error:
        if UNIQUE not in str(error):
            raise
        raise _taken("", company_day.day) from error
    return company_day


@transaction.atomic
def remove_company_day(company_day: CompanyDay) -> None:
    """Take the day out of the calendar; a repeat is harmless."""
    CompanyDay.objects.filter(pk=company_day.pk).delete()
