"""Pages of instructors: who can be asked, what they have taught and cost. For HR and auditors alone."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.instructors.actions import bring_back_instructor, retire_instructor
from courses.instructors.filters import InstructorFilter
from courses.instructors.forms import HoursForm, InsideForm, OutsideForm
from courses.instructors.hours import hours_by_month, total
from courses.instructors.models import Instructor
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"name": "called", "company": "company", "cost": "hourly_cost", "hours": "minutes", "spent": "spent"}
COLUMNS |= {"planned": "minutes_to_come", "expected": "to_spend"}
COMING = 20


def _year() -> tuple[date, date]:
    today = clock.today()
    return today.replace(month=1, day=1), today.replace(month=12, day=31)


def _listed(request: HttpRequest) -> tuple[InstructorFilter, QuerySet[Instructor]]:
    every = Instructor.objects.select_related("person", "person__department").with_hours(*_year(), at=clock.now())
    every = every.annotate(called=Coalesce("person__sort_key", "name"))
    filterset = InstructorFilter(request.GET, queryset=every)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "name")


@require_GET
@allowed(VIEW_PLANS)
def instructors(request: HttpRequest) -> HttpResponse:
    """Who can be asked, and what each has taught this year."""
    filterset, found = _listed(request)
    context = {"filterset": filterset, "page": paginate(request, found), "sort": "name", "year": clock.today().year}
    context["can_plan"] = me(request).may(PLAN)
    return render_page(request, "courses/instructors/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_PLANS)
def instructors_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV."""
    _filterset, found = _listed(request)
    headings = [pgettext("person", "Name"), _("Company"), _("E-mail"), _("Phone"), _("Cost an hour (yuan)")]
    headings += [_("Minutes this year"), _("Cost this year (yuan)")]
    headings += [_("Minutes to come"), _("Cost to come (yuan)"), _("Note")]
    return csv_download("instructors", headings, (_cells(each) for each in found))


def _cells(each: Instructor) -> list[Any]:
    cost = "" if each.hourly_cost is None else each.hourly_cost
    hours = [each.minutes, each.spent or "", each.minutes_to_come, each.to_spend or ""]
    return [str(each), each.company, each.email, each.phone, cost, *hours, each.note]


@require_GET
@allowed(VIEW_PLANS)
def instructor(request: HttpRequest, pk: int) -> HttpResponse:
    """One instructor: what comes, and the hours and costs of this year by month."""
    found, now = get_object_or_404(Instructor.objects.select_related("person"), pk=pk), clock.now()
    coming = found.sessions.filter(cancelled_at=None, ends_at__gt=now).select_related("room")
    rows = hours_by_month(*_year(), instructor=found, until=now)
    planned = hours_by_month(*_year(), instructor=found, after=now)
    context = {"instructor": found, "rows": rows, "total": total(rows), "year": clock.today().year}
    context |= {"planned": planned, "planned_total": total(planned)}
    context |= {"coming": coming.order_by("starts_at", "pk")[:COMING], "can_plan": me(request).may(PLAN)}
    return render(request, "courses/instructors/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def instructor_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add an expert from outside, or change what is known of somebody who teaches."""
    found = get_object_or_404(Instructor.objects.select_related("person"), pk=pk) if pk else None
    kind = InsideForm if found and found.person else OutsideForm
    form = kind(posted(request), instructor=found)
    if form.is_valid() and (saved := form.save(by=me(request))):
        messages.success(request, _("“%(name)s” is saved.") % {"name": saved})
        return redirect("instructor", saved.pk)
    status = 422 if form.errors else 200
    return render(request, "courses/instructors/form.html", {"form": form, "instructor": found}, status=status)


@require_POST
@allowed(PLAN)
def instructor_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask them no more, or with `back` again."""
    found = get_object_or_404(Instructor, pk=pk)
    try:
        if "back" in request.POST:
            bring_back_instructor(found, by=me(request))
            messages.success(request, _("“%(name)s” can be asked again.") % {"name": found})
        else:
            retire_instructor(found, by=me(request), at=clock.now())
            messages.success(request, _("“%(name)s” is offered no more; what was taught stays.") % {"name": found})
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("instructor", pk)


def _hours(request: HttpRequest) -> tuple[HoursForm, list[Any]]:
    form = HoursForm(request.GET)
    given = form.cleaned_data if form.is_valid() else None
    return form, hours_by_month(given["first"], given["last"], who=given["who"]) if given else []


@require_GET
@allowed(VIEW_PLANS)
def instructor_hours(request: HttpRequest) -> HttpResponse:
    """Hours and costs by instructor and month."""
    form, rows = _hours(request)
    context = {"form": form, "rows": rows, "total": total(rows)}
    return render(request, "courses/instructors/hours.html", context, status=200 if form.is_valid() else 422)


@require_GET
@allowed(VIEW_PLANS)
def instructor_hours_export(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV."""
    _form, rows = _hours(request)
    headings = [_("Month"), pgettext("person", "Name"), _("Company"), _("Sessions"), _("Minutes"), _("Cost (yuan)")]
    cells = (
        [row.month.strftime("%Y-%m"), str(row.instructor), row.instructor.company, row.sessions, row.minutes, row.cost]
        for row in rows
    )
    return csv_download("instructor-hours", headings, (["" if cell is None else cell for cell in row] for row in cells))
