"""A mentor's credit: HR's list for payroll with its files, one mentor for HR, and the mentor's own page."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from mentoring.acts import GUIDE, VIEW_CREDIT
from mentoring.credit.filters import CreditFilter
from mentoring.credit.reckoning import Month, Period, by_mentee, by_month, hours, spans, summed, totals, with_credit
from trainingsite.core import charts, days
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import User

COLUMNS = {
    "name": "sort_key",
    "department": "department__path",
    "minutes": "minutes",
    "checkins": "checkins",
    "tasks": "tasks",
    "points": "points",
}
AT_ONCE = 500


def _credited(request: HttpRequest) -> tuple[CreditFilter, Period, Any]:
    """The filters, the period, and the mentors who have credit in it."""
    people = User.objects.filter(people_seen_by(me(request))).select_related("department")
    filterset = CreditFilter(request.GET, people)
    period = filterset.period(on=days.today())
    return filterset, period, sorted_by(request, with_credit(filterset.qs, period), COLUMNS, "-minutes")


@require_GET
@allowed(VIEW_CREDIT)
def credit(request: HttpRequest) -> HttpResponse:
    """Hours and points of all mentors in a period."""
    filterset, period, found = _credited(request)
    context = {
        "page": paginate(request, found),
        "filterset": filterset,
        "sort": "-minutes",
        "target": "#credit",
        "period": period,
        "spans": _spans(period),
        "totals": (sums := totals(found)),
        "hours": hours(sums["minutes"]),
    }
    return render_page(request, "mentoring/credit/list.html", context, partial="rows")


def _spans(chosen: Period) -> list[tuple[str, Period, bool]]:
    names = {
        "month": pgettext("credit", "This month"),
        "last_month": pgettext("credit", "Last month"),
        "quarter": pgettext("credit", "This quarter"),
        "year": pgettext("credit", "12 months"),
    }
    return [(names[name], span, span == chosen) for name, span in spans(days.today()).items()]


@require_GET
@allowed(VIEW_CREDIT)
def credit_csv(request: HttpRequest) -> HttpResponseBase:
    _filterset, period, found = _credited(request)
    return csv_download("mentor-credit", _headings(), _rows(found, period))


@require_GET
@allowed(VIEW_CREDIT)
def credit_excel(request: HttpRequest) -> HttpResponseBase:
    _filterset, period, found = _credited(request)
    return excel_download("mentor-credit", _("Mentors' credit"), _headings(), _rows(found, period))


def _headings() -> list[str]:
    return [
        _("Employee number"),
        pgettext("person", "Name"),
        _("Department"),
        pgettext("credit", "From"),
        pgettext("credit", "Until"),
        pgettext("credit", "Check-ins"),
        pgettext("credit", "Minutes of check-ins"),
        pgettext("credit", "Tasks signed by both"),
        pgettext("credit", "Minutes of tasks"),
        pgettext("credit", "Hours"),
        pgettext("credit", "Points"),
    ]


def _rows(found: Any, period: Period) -> Iterator[list[Any]]:
    for person in found.iterator(chunk_size=AT_ONCE):
        who = [person.employee_number, person.name, str(person.department or "")]
        days = [period.first.isoformat(), period.last.isoformat()]
        done = [person.checkins, person.checkin_minutes, person.tasks, person.task_minutes]
        yield [*who, *days, *done, hours(person.minutes), float(person.points)]


@require_GET
@allowed(VIEW_CREDIT)
def mentor_credit(request: HttpRequest, pk: int) -> HttpResponse:
    """One mentor's credit, for HR: what stands behind a row of the list."""
    people = User.objects.filter(people_seen_by(me(request))).select_related("department")
    return _one(request, get_object_or_404(people, pk=pk))


@require_GET
@allowed(GUIDE)
def my_credit(request: HttpRequest) -> HttpResponse:
    """What the mentor has done for each mentee in the last months."""
    return _one(request, me(request))


def _one(request: HttpRequest, mentor: User) -> HttpResponse:
    day = days.today()
    period = CreditFilter(request.GET, User.objects.none()).period(on=day) if request.GET else spans(day)["year"]
    mentees = by_mentee([mentor.pk], period).get(mentor.pk, [])
    months = by_month(mentor, on=day)
    context = {
        "mentor": mentor,
        "is_mine": mentor.pk == me(request).pk,
        "credits": mentees,
        "total": (total := summed(mentees)),
        "hours": hours(total.minutes),
        "period": period,
        "spans": _spans(period),
        "months": months,
        "chart": _chart(months),
        "this_month": months[-1],
    }
    return render(request, "mentoring/credit/mentor.html", context)


def _chart(months: list[Month]) -> dict[str, Any]:
    """Hours by month, talks and tasks one on the other."""
    option = charts.bars(
        [f"{month.first:%Y-%m}" for month in months],
        {
            pgettext("credit hours", "Check-ins"): [hours(month.checkin_minutes) for month in months],
            pgettext("credit hours", "Tasks"): [hours(month.task_minutes) for month in months],
        },
    )
    for series in option["series"]:
        series["stack"] = "hours"
    return option
