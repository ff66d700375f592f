"""The working days of a year: public holidays by region, and the company's days, which HR keeps."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.workdays.actions import YEARS_AROUND, remove_company_day
from courses.workdays.days import Holiday
from courses.workdays.forms import CompanyDayForm, WorkdaysFilter
from courses.workdays.models import CompanyDay
from courses.workdays.regions import FIRST_YEAR, LAST_YEAR, Region
from courses.workdays.year import Row, Year, year_of
from trainingsite.core import clock, given
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed, me

DIGITS_OF_A_YEAR = 4


@require_GET
@allowed(VIEW_PLANS)
def workdays(request: HttpRequest) -> HttpResponse:
    """The year that is asked for, else the present one."""
    filterset, year = _asked(request)
    today = clock.today()
    context = {
        "filterset": filterset,
        "year": year,
        "today": today,
        "before": max(year.number - 1, FIRST_YEAR),
        "after": min(year.number + 1, LAST_YEAR),
        "can_add": me(request).may(PLAN) and abs(year.number - today.year) <= YEARS_AROUND,
        "can_plan": me(request).may(PLAN),
    }
    return render_page(request, "courses/workdays/list.html", context, partial="rows")


def _asked(request: HttpRequest) -> tuple[WorkdaysFilter, Year]:
    """The filter and the year that it leaves."""
    asked = request.GET.get("year", "")
    number = int(asked) if asked.isdecimal() and len(asked) == DIGITS_OF_A_YEAR else clock.today().year
    number = min(max(number, FIRST_YEAR), LAST_YEAR)
    days = CompanyDay.objects.filter(day__year=number).order_by("day", "region", "pk")
    filterset = WorkdaysFilter(request.GET, days)
    chosen = filterset.form.cleaned_data.get("region") if filterset.form.is_valid() else ""
    regions = [Region(chosen)] if chosen else list(Region)
    return filterset, year_of(number, regions, filterset.qs)


@require_GET
@allowed(VIEW_PLANS)
def workdays_export(request: HttpRequest) -> StreamingHttpResponse:
    """What the page shows, as a table."""
    _filterset, year = _asked(request)
    headings = [_("Date"), *(region.label for region in year.regions), _("Company days")]
    return csv_download(f"workdays-{year.number}", headings, _lines(year))


def _lines(year: Year) -> Iterator[list[Any]]:
    for row in year.rows:
        yield [row.day.isoformat(), *(_cell(holiday) for holiday in row.cells), _own(row)]


def _cell(holiday: Holiday | None) -> str:
    return holiday.name if holiday else ""


def _own(row: Row) -> str:
    named = [f"{each} ({each.get_kind_display()}{_of(each)})" for each in row.own]
    return pgettext("between days", "; ").join(named)


def _of(company_day: CompanyDay) -> str:
    return f" · {company_day.get_region_display()}" if company_day.region else ""


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def company_day_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Declare a day, or change one; `?day=` fills in the date."""
    found = get_object_or_404(CompanyDay, pk=pk) if pk else None
    form = CompanyDayForm(posted(request), company_day=found, initial=_given(request))
    if form.is_valid() and (saved := form.save()):
        messages.success(request, _kept(saved, form.cleaned_data.get("last")))
        return redirect(f"{_year_of(saved)}#day-{saved.day.isoformat()}")
    context = {"form": form, "company_day": found, "back": _year_of(found) if found else reverse("workdays")}
    return render(request, "courses/workdays/form.html", context, status=422 if form.errors else 200)


def _kept(saved: CompanyDay, last: date | None) -> str:
    """What is in the calendar now, in words."""
    values = {"name": saved, "day": date_format(saved.day, "DATE_FORMAT")}
    if last is None or last == saved.day:
        return _("“%(name)s” on %(day)s is in the calendar.") % values
    values["last"] = date_format(last, "DATE_FORMAT")
    return _("“%(name)s” from %(day)s to %(last)s is in the calendar.") % values


def _given(request: HttpRequest) -> dict[str, Any]:
    day = given.day(request.GET.get("day", ""))
    return {"day": day} if day else {}


def _year_of(company_day: CompanyDay) -> str:
    return f"{reverse('workdays')}?year={company_day.day.year}"


@require_POST
@allowed(PLAN)
def company_day_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(CompanyDay, pk=pk)
    remove_company_day(found)
    messages.success(request, _("“%(name)s” is no longer in the calendar.") % {"name": found})
    return redirect(_year_of(found))
