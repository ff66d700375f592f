"""All plans of the people whom one sees: who is in which week, and how far."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from mentoring.acts import EDIT_JOB_PLANS, VIEW_JOB_PLANS
from mentoring.job_plans.filters import PlanFilter
from mentoring.job_plans.models import JobPlan
from mentoring.pairings.models import Pairing
from trainingsite.core import days
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"person": "mentee__sort_key", "title": "title", "started": "started_on", "ends": "ends_on", "done": "signed"}


def _listed(request: HttpRequest) -> tuple[PlanFilter, Any]:
    guides = Pairing.objects.filter(plan=OuterRef("pk")).order_by("-started_on", "-pk")
    rows = JobPlan.objects.visible_to(me(request)).with_progress()
    rows = rows.annotate(mentor_name=Subquery(guides.values("mentor__name")[:1]))
    filterset = PlanFilter(request.GET, rows.select_related("mentee__department"))
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "-started")


@require_GET
@allowed(VIEW_JOB_PLANS)
def job_plans(request: HttpRequest) -> HttpResponse:
    filterset, found = _listed(request)
    page, day = paginate(request, found), days.today()
    for plan in page:
        plan.week = min(plan.week_of(plan.ended_on or day), plan.weeks)
        plan.share = f"{plan.signed}/{plan.required}"
    context = {
        "page": page,
        "filterset": filterset,
        "sort": "-started",
        "target": "#plans",
        "day": day,
        "may_edit": me(request).may(EDIT_JOB_PLANS),
    }
    return render_page(request, "mentoring/job_plans/plans.html", context, partial="rows")


@require_GET
@allowed(VIEW_JOB_PLANS)
def export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV; `?form=xlsx` as an Excel workbook."""
    _filterset, found = _listed(request)
    headings = [_("Employee number"), pgettext("person", "Name"), _("Department"), pgettext("pairing", "Mentor")]
    headings += [_("On-the-job plan"), pgettext("job plan", "First day"), pgettext("job plan", "Last day")]
    headings += [_("Required tasks"), _("Signed by both"), _("State")]
    rows = (_cells(plan) for plan in found.iterator(chunk_size=2000))
    if request.GET.get("form") == "xlsx":
        return excel_download("job-plans", _("On-the-job plans"), headings, rows)
    return csv_download("job-plans", headings, rows)


def _cells(plan: Any) -> list[Any]:
    person = plan.mentee
    who = [person.employee_number, person.name, str(person.department or ""), plan.mentor_name or ""]
    state = plan.get_outcome_display() or pgettext("job plan", "Going on")
    return [*who, plan.title, plan.started_on, plan.ends_on, plan.required, plan.signed, state]
