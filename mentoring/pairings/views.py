"""HR's and supervisors' pages: newcomers without a mentor, the pairing in three steps, all pairings, the end of one."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mentoring.acts import PAIR, VIEW_MENTORING
from mentoring.matching.actions import propose, what_counts
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.checks import why_not
from mentoring.pairings.filters import NewcomerFilter, PairingFilter
from mentoring.pairings.forms import EndForm, PairForm
from mentoring.pairings.models import Pairing
from mentoring.pairings.newcomers import USUAL_DAYS, without_mentor
from trainingsite.core import days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import User

NEWCOMER_COLUMNS = {"name": "sort_key", "hired": "hired_on", "department": "department__path"}
PAIRING_COLUMNS = {
    "mentee": "mentee__sort_key",
    "mentor": "mentor__sort_key",
    "started": "started_on",
    "due": "next_due_on",
    "end": "planned_end",
}
FOUND = 10


@require_GET
@allowed(VIEW_MENTORING)
def newcomers(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    within = int(asked) if asked in {"30", "180", "365"} else USUAL_DAYS
    people = without_mentor(on=days.today(), days=within).filter(people_seen_by(me(request)))
    filterset = NewcomerFilter(request.GET, people.select_related("department", "position"))
    page = paginate(request, sorted_by(request, filterset.qs, NEWCOMER_COLUMNS, "-hired"))
    context = {
        "page": page,
        "filterset": filterset,
        "sort": "-hired",
        "target": "#newcomers",
        "days": within,
        "may_pair": me(request).may(PAIR),
    }
    return render_page(request, "mentoring/pairings/newcomers.html", context, partial="rows")


@require_GET
@allowed(PAIR)
def choose_mentor(request: HttpRequest, mentee_pk: int) -> HttpResponse:
    """Three proposals with reasons, and a search for any other mentor."""
    mentee, day = _mentee(request, mentee_pk), days.today()
    text = request.GET.get("q", "").strip()
    mentors = MentorProfile.objects.active(day).with_load().exclude(person=mentee).select_related("person__department")
    found = mentors.filter(person__in=User.objects.called(text)).order_by("person__sort_key")[:FOUND] if text else []
    proposals = [] if getattr(request, "htmx", False) else propose(mentee, on=day)
    context = {"mentee": mentee, "proposals": proposals, "counts": what_counts(), "found": found, "text": text}
    return render_page(request, "mentoring/pairings/choose.html", context, partial="found")


@require_http_methods(["GET", "POST"])
@allowed(PAIR)
def confirm_pair(request: HttpRequest, mentee_pk: int, mentor_pk: int) -> HttpResponse:
    """The last step: goal, first check-in, and in one sentence what will happen."""
    mentee, day = _mentee(request, mentee_pk), days.today()
    mentors = MentorProfile.objects.active(day).with_load().select_related("person__department")
    profile = get_object_or_404(mentors, person=mentor_pk)
    plan = mentee.job_plans.open().first()
    form = PairForm(request.POST if request.method == "POST" else None, on=day, mentee=mentee, going_on=plan)
    if request.method == "POST" and form.is_valid():
        try:
            pairing = form.save(profile.person)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Both have been told."))
            return redirect("pairing", pairing.pk)
    problem = why_not(profile.person, mentee, on=day) if request.method == "GET" else None
    context = {"form": form, "mentee": mentee, "profile": profile, "problem": problem, "plan": plan}
    return render(request, "mentoring/pairings/confirm.html", context, status=422 if form.errors else 200)


def _mentee(request: HttpRequest, pk: int) -> User:
    """The person, with the id of the open pairing and the name of its mentor where there is one."""
    current = Pairing.objects.open().filter(mentee=OuterRef("pk"))
    people = User.objects.visible_to(me(request)).people().select_related("department", "position")
    people = people.annotate(pairing=Subquery(current.values("pk")), mentor=Subquery(current.values("mentor__name")))
    mentee: User = get_object_or_404(people, pk=pk)
    return mentee


def _listed(request: HttpRequest) -> tuple[PairingFilter, Any]:
    rows = Pairing.objects.visible_to(me(request)).with_next_checkin()
    filterset = PairingFilter(request.GET, rows.select_related("mentor", "mentee__department", "plan"))
    return filterset, sorted_by(request, filterset.qs, PAIRING_COLUMNS, "due")


@require_GET
@allowed(VIEW_MENTORING)
def pairings(request: HttpRequest) -> HttpResponse:
    filterset, found = _listed(request)
    page = paginate(request, found)
    context = {"page": page, "filterset": filterset, "sort": "due", "target": "#pairings", "day": days.today()}
    return render_page(request, "mentoring/pairings/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_MENTORING)
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """What the list shows, all pages of it, as `csv` or `xlsx`."""
    _filterset, found = _listed(request)
    headings = [_("Mentee"), _("Employee number"), _("Department"), _("Guided by"), _("Goal"), _("On-the-job plan")]
    headings += [_("Since"), _("Planned until"), _("Next check-in"), _("Ended"), _("Reason")]
    rows = (_cells(row) for row in found.iterator(chunk_size=2000))
    if kind == "xlsx":
        return excel_download("pairings", _("Pairings"), headings, rows)
    if kind != "csv":
        raise Http404
    return csv_download("pairings", headings, rows)


def _cells(row: Any) -> list[Any]:
    mentee = row.mentee
    who = [mentee.name, mentee.employee_number or "", str(mentee.department or ""), row.mentor.name]
    days = [row.started_on, row.planned_end, row.next_due_on, row.ended_on]
    return [*who, row.goal, str(row.plan or ""), *days, row.get_end_reason_display()]


@require_http_methods(["GET", "POST"])
@allowed(PAIR)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Pairing.objects.visible_to(me(request)).select_related("mentor", "mentee", "plan")
    pairing = get_object_or_404(rows, pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None, by_plan=pairing.goes_by_plan)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(pairing, on=days.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The pairing has ended; both have been told."))
            return redirect("pairing", pairing.pk)
    context = {"form": form, "pairing": pairing}
    return render(request, "mentoring/pairings/end.html", context, status=422 if form.errors else 200)
