"""Cohorts side by side, one newcomer's curve, and the rule."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.planning.quarters import Quarter
from mentoring.acts import EDIT_RAMP, HAVE_MENTOR, SEE_RAMP, VIEW_RAMP
from mentoring.ramp import graphs
from mentoring.ramp.actions import began_since
from mentoring.ramp.cohorts import name_of, overview
from mentoring.ramp.figures import chosen
from mentoring.ramp.filters import STATES, RampFilter
from mentoring.ramp.forms import RuleForm
from mentoring.ramp.models import Ramp, RampRule
from mentoring.ramp.person import ramp_of
from trainingsite.core import days
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

COLUMNS = {
    "person": "person__sort_key",
    "department": "person__department__path",
    "began": "first_contact_on",
    "days": "days",
}


def _listed(request: HttpRequest, rule: RampRule) -> tuple[RampFilter, Any]:
    day = days.today()
    rows = Ramp.objects.visible_to(me(request)).select_related("person__department")
    filterset = RampFilter(request.GET, rows, rule=rule, began=(began_since(rule, day), day))
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "-began")


@require_GET
@allowed(VIEW_RAMP)
def ramp(request: HttpRequest) -> HttpResponse:
    """How fast newcomers become proficient, cohort by cohort, and who they are."""
    rule = RampRule.objects.current()
    filterset, rows = _listed(request, rule)
    found = overview(filterset.compared, rule, on=days.today())
    page = paginate(request, rows)
    context = {
        "rule": rule,
        "figures": chosen(rule),
        "filterset": filterset,
        "found": found,
        "curves": graphs.progress(found),
        "page": page,
        "rows": [(row, row.state(rule.horizon), name_of(Quarter.of(row.first_contact_on))) for row in page],
        "sort": "-began",
        "target": "#newcomers",
        "may_edit": me(request).may(EDIT_RAMP),
    }
    return render_page(request, "mentoring/ramp/cohorts.html", context, partial="found")


@require_GET
@allowed(VIEW_RAMP)
def export(request: HttpRequest) -> HttpResponseBase:
    """The people that the list shows, all pages of it, as CSV; `?form=xlsx` as an Excel workbook."""
    rule = RampRule.objects.current()
    _filterset, rows = _listed(request, rule)
    headings = [_("Employee number"), pgettext("person", "Name"), _("Department"), _("Cohort")]
    headings += [_("First customer contact"), _("State"), _("Proficient on"), _("Days")]
    cells = (_cells(row, rule) for row in rows.iterator(chunk_size=2000))
    if request.GET.get("form") == "xlsx":
        return excel_download("ramp", _("Ramp-up"), headings, cells)
    return csv_download("ramp", headings, cells)


def _cells(row: Ramp, rule: RampRule) -> list[Any]:
    person, word = row.person, str(dict(STATES)[row.state(rule.horizon)])
    who = [person.employee_number, person.name, str(person.department or "")]
    return [*who, name_of(Quarter.of(row.first_contact_on)), row.first_contact_on, word, row.proficient_on, row.days]


@require_GET
@allowed(SEE_RAMP)
def person_ramp(request: HttpRequest, person_pk: int) -> HttpResponse:
    """One newcomer's figures beside the band of earlier ones; without a first contact a word about that."""
    people = User.objects.people().filter(records_seen_by(me(request), person=""))
    person = get_object_or_404(people.select_related("department", "ramp"), pk=person_pk)
    context: dict[str, Any] = {"person": person, "is_mine": person.pk == me(request).pk}
    if hasattr(person, "ramp"):
        rule = RampRule.objects.current()
        found = ramp_of(person.ramp, rule)
        context |= {"found": found, "rule": rule, "figures": [one.kpi for one in found.figures]}
        context["cohort"] = name_of(Quarter.of(person.ramp.first_contact_on))
        context["charts"] = [graphs.figure(one, found) for one in found.measured]
    return render(request, "mentoring/ramp/person.html", context)


@require_GET
@allowed(HAVE_MENTOR)
def mine(request: HttpRequest) -> HttpResponse:
    """The own curve."""
    return redirect("ramp-person", me(request).pk)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_RAMP)
def rule_form(request: HttpRequest) -> HttpResponse:
    """What proficient means; a change is reckoned in a job."""
    rule = RampRule.objects.current()
    form = RuleForm(posted(request), rule=rule)
    if request.method == "POST" and form.is_valid():
        job = form.save(by=me(request))
        if form.is_valid():
            messages.success(request, _("The rule is saved."))
            return redirect("job", job.pk) if job else redirect("ramp")
    return render(request, "mentoring/ramp/rule.html", {"form": form, "rule": rule}, status=422 if form.errors else 200)
