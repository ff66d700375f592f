"""Typing a profile: a new one, a copy of one, or what one asks from a day on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from assessments.acts import EDIT_PROFILES
from assessments.profiles import forms
from assessments.profiles.differences import needs_of
from assessments.profiles.forms import BaseNeeds, ChangeForm, NewProfileForm
from assessments.profiles.models import ProfileVersion, RoleProfile
from assessments.profiles.proposals import Proposal
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed

RAISE_BY = "50"


@require_http_methods(["GET", "POST"])
@allowed(EDIT_PROFILES)
def profile_new(request: HttpRequest) -> HttpResponse:
    """A new profile; `?from=` begins with what another one asks, `?change=` with what was typed before."""
    return _answer(request, None)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_PROFILES)
def profile_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What the profile asks from a day on; it begins with what it asks at last."""
    return _answer(request, get_object_or_404(RoleProfile.objects.select_related("position"), pk=pk))


def _answer(request: HttpRequest, profile: RoleProfile | None) -> HttpResponse:
    kind = ChangeForm if profile else NewProfileForm
    if request.method != "POST":
        initial, rows = _begun(request, profile)
        return _page(request, profile, kind(initial=initial), rows)
    if step := request.POST.get("step", ""):
        return _stepped(request, profile, step)
    form, rows = kind(request.POST), forms.sent(request.POST, profile)
    if all([form.is_valid(), rows.is_valid()]) and (proposal := _proposal(profile, form, rows)):
        return redirect(f"{reverse('role-profile-preview')}?{urlencode({'change': proposal.packed()})}")
    return _page(request, profile, form, rows, status=422)


def _begun(request: HttpRequest, profile: RoleProfile | None) -> tuple[dict[str, Any], BaseNeeds]:
    if packed := request.GET.get("change"):
        try:
            return _as_typed(Proposal.unpacked(packed))
        except Refused:
            pass  # begins anew
    last = _last_of(profile or _named(request.GET.get("from", "")))
    initial: dict[str, Any] = {"valid_from": company_day(clock.now()), "after": 0}
    if profile:
        initial["after"] = profile.versions.values_list("number", flat=True).first() or 0
    else:
        initial["position"] = last.profile.position_id if last else request.GET.get("position", "")
        initial["grade"] = request.GET.get("grade", "")
    return initial, forms.opened(forms.rows_of(needs_of(last)), empty=0 if last else forms.EMPTY_ROWS)


def _named(pk: str) -> RoleProfile | None:
    """The profile to begin with, if the address names one."""
    if not pk.isdecimal() or len(pk) > 18:  # noqa: PLR2004 - fits a bigint
        return None
    return get_object_or_404(RoleProfile, pk=pk)


def _last_of(profile: RoleProfile | None) -> ProfileVersion | None:
    """The version of a profile that holds in the end, planned ones among them."""
    if profile is None:
        return None
    return profile.versions.with_needs().order_by("-valid_from", "-number").first()


def _as_typed(proposal: Proposal) -> tuple[dict[str, Any], BaseNeeds]:
    fields = ("grade", "summary", "valid_from", "reason", "after")
    initial = {"position": proposal.position_id, **{name: getattr(proposal, name) for name in fields}}
    rows = [{"competency": pk, "level": level, "weight": weight} for pk, level, weight in proposal.rows]
    return initial, forms.opened(rows)


def _stepped(request: HttpRequest, profile: RoleProfile | None, step: str) -> HttpResponse:
    """The rows after a button of theirs; nothing is saved or judged."""
    kind = ChangeForm if profile else NewProfileForm
    form = kind(initial={name: request.POST.get(name, "") for name in kind.base_fields})
    try:
        rows, problem = forms.after_step(request.POST, step), ""
    except Refused as refusal:
        rows, problem = forms.after_step(request.POST, ""), str(refusal.message)
    context = {"problem": problem, "focus_last": step == "add"}
    return _page(request, profile, form, forms.opened(rows), status=422 if problem else 200, **context)


def _proposal(profile: RoleProfile | None, form: ChangeForm, rows: BaseNeeds) -> Proposal | None:
    """What was typed, if it could be carried out; else what is wrong stands at its field or row."""
    data, needs = form.cleaned_data, rows.needs()
    position = profile.position if profile else data["position"]
    proposal = Proposal(
        profile_id=profile.pk if profile else None,
        position_id=position.pk,
        grade=profile.grade if profile else data["grade"],
        summary="" if profile else data["summary"],
        rows=tuple((need.competency.pk, need.level, f"{need.weight.normalize():f}") for need in needs),
        valid_from=data["valid_from"],
        reason=data["reason"],
        after=data["after"] or 0,
    )
    try:
        proposal.check(proposal.profile(), needs, on=company_day(clock.now()))
    except Refused as refusal:
        rows.show(refusal)
        if not refusal.rows:
            show_refusal(form, refusal)
        return None
    return proposal


def _page(
    request: HttpRequest,
    profile: RoleProfile | None,
    form: ChangeForm,
    rows: BaseNeeds,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    on = company_day(clock.now())
    context = {
        "profile": profile,
        "form": form,
        "rows": rows,
        "names": rows.form_kwargs["framework"].names(),
        "sum": forms.total_of(rows),
        "raise_by": request.POST.get("raise_by", RAISE_BY),
        "planned": profile.versions.filter(valid_from__gt=on).order_by("valid_from", "number") if profile else [],
        **more,
    }
    return render_page(request, "assessments/profiles/form.html", context, partial="needs", status=status)
