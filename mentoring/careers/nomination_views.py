"""Nominations: a supervisor makes them, HR works them off."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.acts import DECIDE_NOMINATIONS, NOMINATE, SEE_NOMINATIONS
from mentoring.careers.conditions import Standing
from mentoring.careers.filters import NominationFilter
from mentoring.careers.forms import ApproveForm, CallOffForm, DeclineForm, NominateForm, WithdrawForm
from mentoring.careers.models import CareerStep, Nomination, NominationState
from mentoring.careers.requirements import standing_of
from trainingsite.core import clock, days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

COLUMNS = {
    "person": "person__sort_key",
    "step": "step__to_position__name",
    "nominated": "nominated_at",
    "effective": "effective_on",
}
NAMES = ("person__department", "step__from_position", "step__to_position", "nominated_by", "decided_by")


@require_http_methods(["GET", "POST"])
@allowed(NOMINATE)
def nominate(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Propose somebody for a step; what is missing is shown and has to be justified."""
    user, at = me(request), clock.now()
    people = User.objects.people().visible_to(user).exclude(pk=user.pk)
    person = get_object_or_404(people.select_related("department", "position"), pk=pk)
    step = get_object_or_404(CareerStep.objects.in_use().select_related("from_position", "to_position"), pk=step_pk)
    standing = standing_of(person, step, at=at)
    form = NominateForm(posted(request), missing=not standing.is_ready)
    if request.method == "POST" and form.is_valid():
        try:
            nomination = form.save(person, step, by=user, at=at)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is nominated; HR decides.") % {"name": person})
            return redirect("nomination", nomination.pk)
    context = {"form": form, "person": person, "step": step, "standing": standing}
    return render(request, "mentoring/careers/nominate.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(SEE_NOMINATIONS)
def nominations(request: HttpRequest) -> HttpResponse:
    filterset, rows = _listed(request)
    page = paginate(request, rows)
    for row in page:
        row.kept = Standing.of(row.standing)
    context = {
        "filterset": filterset,
        "page": page,
        "sort": "nominated",
        "target": "#nominations",
        "query": request.GET.urlencode(),
    }
    return render_page(request, "mentoring/careers/nominations.html", context, partial="rows")


def _listed(request: HttpRequest) -> tuple[NominationFilter, Any]:
    rows = Nomination.objects.visible_to(me(request)).select_related(*NAMES)
    filterset = NominationFilter(request.GET, rows)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "nominated")


@require_GET
@allowed(SEE_NOMINATIONS)
def nominations_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all pages of it."""
    headings = [_("person"), _("employee number"), _("department"), _("from job"), _("to job"), _("track")]
    headings += [_("nominated by"), _("nominated at"), _("conditions met"), _("conditions"), _("reason")]
    headings += [_("why in spite of what is missing"), _("state"), _("decided by"), _("decided at"), _("decision")]
    headings += [_("effective on"), _("took effect at")]
    return csv_download("nominations", headings, _rows(_listed(request)[1]))


def _rows(rows: Any) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=2000):
        person, step, standing = row.person, row.step, Standing.of(row.standing)
        yield [
            *(person.name, person.employee_number, str(person.department or ""), step.from_job, step.to_job),
            *(step.get_track_display(), str(row.nominated_by or ""), row.nominated_at, standing.met, standing.total),
            *(row.reason, row.justification, row.get_state_display(), str(row.decided_by or ""), row.decided_at),
            *(row.lapsed_reason or row.decision_note, row.effective_on, row.applied_at),
        ]


@require_GET
@allowed(SEE_NOMINATIONS)
def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


def _found(request: HttpRequest, pk: int) -> Nomination:
    return get_object_or_404(Nomination.objects.visible_to(me(request)).select_related(*NAMES), pk=pk)


def _page(request: HttpRequest, row: Nomination, **forms: Form) -> HttpResponse:
    """The page with what its reader may do now; `forms` are those that were sent and refused."""
    user = me(request)
    waits = row.state == NominationState.OPEN
    decides = user.may(DECIDE_NOMINATIONS)
    coming = row.state == NominationState.APPROVED and row.applied_at is None
    usual: dict[str, Form] = {}
    if waits and decides:
        usual |= {"approve": ApproveForm(initial={"effective_on": days.today()}), "decline": DeclineForm()}
    if waits and row.nominated_by_id == user.pk:
        usual["withdraw"] = WithdrawForm()
    if coming and decides:
        usual["call_off"] = CallOffForm()
    context = {"nomination": row, "standing": Standing.of(row.standing), "forms": usual | forms, "coming": coming}
    return render(request, "mentoring/careers/nomination.html", context, status=422 if forms else 200)


def _act(request: HttpRequest, pk: int, name: str, form: Any, done: str) -> HttpResponse:
    """Do what was sent; what is wrong with it stands in the page."""
    row = _found(request, pk)
    if form.is_valid():
        try:
            form.save(row, by=me(request), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect("nomination", pk)
    return _page(request, row, **{name: form})


@require_POST
@allowed(DECIDE_NOMINATIONS)
def nomination_approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "approve", ApproveForm(request.POST), _("Approved; both have been told."))


@require_POST
@allowed(DECIDE_NOMINATIONS)
def nomination_decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "decline", DeclineForm(request.POST), _("Declined; who nominated has been told."))


@require_POST
@allowed(DECIDE_NOMINATIONS)
def nomination_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "call_off", CallOffForm(request.POST), _("Called off; those concerned have been told."))


@require_POST
@allowed(NOMINATE)
def nomination_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "withdraw", WithdrawForm(request.POST), _("The nomination is taken back."))
