"""Keep the company's days."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.workdays.models import CompanyDay
from trainingsite.core.errors import Refused

YEARS_AROUND = 3
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
        raise _taken(found.name)


def _taken(name: str) -> Refused:
    text = _("“%(name)s” is on this date already.") if name else _("This date has a company day already.")
    return Refused(text % {"name": name}, field="day", code="day_taken")


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
        raise _taken("") from error
    return company_day


@transaction.atomic
def remove_company_day(company_day: CompanyDay) -> None:
    """Take the day out of the calendar; a repeat is harmless."""
    CompanyDay.objects.filter(pk=company_day.pk).delete()
