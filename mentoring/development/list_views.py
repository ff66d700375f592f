"""The plans of many: the list, its export, and who has none."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from mentoring.acts import OVERSEE_DEVELOPMENT, PLAN_DEVELOPMENT
from mentoring.development.coverage import coverage, without_plan
from mentoring.development.filters import MissingFilter, PlanFilter
from mentoring.development.models import DevelopmentPlan
from mentoring.development.state import word_of
from trainingsite.core import days
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import asks_part, paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {
    "person": "person__sort_key",
    "department": "person__department__path",
    "review": "next_review_on",
    "ends": "ends_on",
}
PEOPLE_COLUMNS = {"name": "sort_key", "hired": "hired_on", "department": "department__path"}


def _listed(request: HttpRequest) -> tuple[PlanFilter, Any]:
    rows = DevelopmentPlan.objects.visible_to(me(request)).with_numbers()
    filterset = PlanFilter(request.GET, rows.select_related("person__department", "partner"))
    found = sorted_by(request, filterset.qs, COLUMNS, "review")
    if request.GET.get("sort", "review") == "review":
        found = found.order_by(F("next_review_on").asc(nulls_last=True), "pk")
    return filterset, found


@require_GET
@allowed(OVERSEE_DEVELOPMENT)
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the people whom one sees, whose review is next, and how many have none."""
    filterset, found = _listed(request)
    day = days.today()
    context = {
        "page": paginate(request, found),
        "filterset": filterset,
        "sort": "review",
        "target": "#plans",
        "day": day,
    }
    if not asks_part(request):
        context["coverage"] = coverage(me(request), on=day)
    return render_page(request, "mentoring/development/list.html", context, partial="rows")


@require_GET
@allowed(OVERSEE_DEVELOPMENT)
def export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV."""
    _filterset, found = _listed(request)
    headings = [_("Employee number"), pgettext("person", "Name"), _("Department"), _("Agreed with"), _("State")]
    headings += [
        pgettext("plan", "First day"),
        pgettext("plan", "Last day"),
        _("Next review"),
        _("Actions to take"),
        _("Actions done"),
    ]
    return csv_download("development-plans", headings, (_cells(row) for row in found.iterator(chunk_size=2000)))


def _cells(row: Any) -> list[Any]:
    person, partner = row.person, row.partner.name if row.partner else ""
    who = [person.employee_number, person.name, str(person.department or ""), partner, word_of(row)]
    return [*who, row.begins_on, row.ends_on, row.next_review_on, row.planned, row.done]


@require_GET
@allowed(OVERSEE_DEVELOPMENT)
def missing(request: HttpRequest) -> HttpResponse:
    """The people whom one sees who have no plan that goes on."""
    user = me(request)
    people = without_plan(user, on=days.today()).select_related("department", "position")
    filterset = MissingFilter(request.GET, people)
    context = {
        "page": paginate(request, sorted_by(request, filterset.qs, PEOPLE_COLUMNS, "name")),
        "filterset": filterset,
        "sort": "name",
        "target": "#people",
        "may_plan": user.may(PLAN_DEVELOPMENT),
    }
    return render_page(request, "mentoring/development/missing.html", context, partial="rows")
