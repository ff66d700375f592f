"""Pages that list the rows behind a figure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from analytics.acts import VIEW_DASHBOARDS
from analytics.dashboards import rows
from analytics.dashboards.exports import csv_response
from analytics.dashboards.filters import EnrolmentFilter, ReadingFilter, RowFilter, TestFilter
from analytics.dashboards.parts import part_seen_by
from analytics.dashboards.periods import Period, period_of
from analytics.dashboards.values import Value
from analytics.models import Reading
from courses.models import Enrolment
from trainingsite.core import clock
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me

EXPORTED = 50_000


@dataclass(frozen=True)
class Listing:
    """What a page of rows shows: the first heading is the person."""

    title: str | Promise
    headings: tuple[str | Promise, ...]
    find: Callable[[rows.Whose, Period, date], QuerySet[Any]]
    filterset: type[RowFilter]
    cells: Callable[[Any], list[str]]


def _enrolment(row: Enrolment) -> list[str]:
    state = _("Overdue") if row.completed_at is None else _("Completed")
    done = date_format(localtime(row.completed_at), "SHORT_DATE_FORMAT") if row.completed_at else ""
    due_on = date_format(row.due_on, "SHORT_DATE_FORMAT") if row.due_on else ""
    return [str(row.course), due_on, state, done]


def _test(row: Any) -> list[str]:
    result = _("Passed") if row.won else _("Not passed")
    score = number_format(row.best, 1)
    return [str(row.quiz.unit.course), date_format(localtime(row.submitted_at), "SHORT_DATE_FORMAT"), score, result]


def _reading(row: Reading) -> list[str]:
    value = Value(row.metric, row.value, row.sample_size)
    day = date_format(row.day, "SHORT_DATE_FORMAT")
    return [str(row.metric), day, value.with_unit, f"{row.sample_size:,}", row.source]


ENROLMENTS = Listing(
    gettext_lazy("Enrolments that were due"),
    (gettext_lazy("Course"), gettext_lazy("Due"), gettext_lazy("State"), gettext_lazy("Completed on")),
    rows.due_enrolments,
    EnrolmentFilter,
    _enrolment,
)
TESTS = Listing(
    gettext_lazy("Quizzes taken"),
    (gettext_lazy("Course"), gettext_lazy("Last attempt"), gettext_lazy("Best score"), gettext_lazy("Result")),
    rows.finished_tests,
    TestFilter,
    _test,
)
READINGS = Listing(
    gettext_lazy("Readings"),
    (gettext_lazy("Metric"), gettext_lazy("Day"), gettext_lazy("Value"), "n", gettext_lazy("Source")),
    rows.counted_readings,
    ReadingFilter,
    _reading,
)


def _view(listing: Listing) -> Callable[[HttpRequest], HttpResponseBase]:
    @require_GET
    @allowed(VIEW_DASHBOARDS)
    def view(request: HttpRequest) -> HttpResponse:
        on = clock.today()
        whose, subject, back_url = _whose(request)
        period = period_of(request.GET, on)
        filterset = listing.filterset(request.GET, listing.find(whose, period, on))
        if request.GET.get("format") == "csv":
            return _csv(listing, filterset.qs)
        page = paginate(request, filterset.qs)
        shown = [(row.person, row.person or row.department, _labelled(listing, row)) for row in page]
        context = {"listing": listing, "page": page, "rows": shown, "filter": filterset, "period": period}
        context |= {"subject": subject, "back_url": back_url}
        return render_page(request, "analytics/dashboards/rows.html", context, partial="rows")

    return view


enrolments = _view(ENROLMENTS)
tests = _view(TESTS)
readings = _view(READINGS)


def _labelled(listing: Listing, row: Any) -> list[tuple[str | Promise, str]]:
    return list(zip(listing.headings, listing.cells(row), strict=True))


def _whose(request: HttpRequest) -> tuple[rows.Whose, str, str]:
    """Whose rows are asked for, their name, and the page to go back to; raises Http404 for what is foreign."""
    user = me(request)
    if asked := request.GET.get("person"):
        person = rows.person_or_none(user, asked)
        if person is None:
            raise Http404
        return rows.Whose(user, person_id=person.pk), str(person), reverse("dashboard-person", args=[person.pk])
    asked = request.GET.get("department", "")
    if asked and not asked.isdecimal():
        raise Http404
    part = part_seen_by(user, int(asked) if asked else None)
    return rows.Whose(user, part.path), str(part.department or _("Whole company")), part.url


def _csv(listing: Listing, queryset: QuerySet[Any]) -> HttpResponse:
    found = ([str(row.person or row.department), *listing.cells(row)] for row in queryset[:EXPORTED])
    return csv_response("rows", [_("Person"), *listing.headings], found)
