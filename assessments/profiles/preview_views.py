"""Looking at whose level a change would move, and confirming it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from assessments.acts import EDIT_PROFILES
from assessments.profiles.actions import Need
from assessments.profiles.differences import changes
from assessments.profiles.effect import Effect, Moved, effect_of
from assessments.profiles.fitting import Fit
from assessments.profiles.models import RoleProfile
from assessments.profiles.proposals import Proposal, carry_out
from courses.models import Competency
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(EDIT_PROFILES)
def preview(request: HttpRequest) -> HttpResponse:
    """What the change in `?change=` would be, and whom it would move. `?all=1` lists those it would not, too."""
    try:
        proposal = Proposal.unpacked(request.GET.get("change", ""))
        profile, needs = proposal.profile(), proposal.needs()
    except Refused as refusal:
        return _back(request, refusal)
    effect = _effect(request, proposal, profile, needs)
    context = {
        "proposal": proposal,
        "profile": profile,
        "packed": request.GET["change"],
        "edit_url": _edit_url(proposal, request.GET["change"]),
        "effect": effect,
        "changes": changes(_before(effect, needs), needs),
        "page": paginate(request, effect.people if request.GET.get("all") else effect.moved),
        "all": request.GET.get("all", ""),
        "target": "#rows",
    }
    return render_page(request, "assessments/profiles/preview.html", context, partial="rows")


@require_GET
@allowed(EDIT_PROFILES)
def preview_csv(request: HttpRequest) -> HttpResponseBase:
    """Everybody whom the change would measure, from before to after."""
    try:
        proposal = Proposal.unpacked(request.GET.get("change", ""))
        effect = _effect(request, proposal, proposal.profile(), proposal.needs())
    except Refused as refusal:
        return _back(request, refusal)
    headings = [_("employee number"), pgettext("person", "name"), _("department"), pgettext("job", "grade")]
    headings += [_("fit before (%)"), _("fit after (%)"), _("overall level before"), _("overall level after")]
    headings += [_("standing before"), _("standing after")]
    return csv_download("role-profile-preview", headings, _lines(effect))


@require_POST
@allowed(EDIT_PROFILES)
def confirm(request: HttpRequest) -> HttpResponse:
    """Carry out the change that was looked at; confirming twice does it once."""
    packed = request.POST.get("change", "")
    try:
        proposal = Proposal.unpacked(packed)
        profile, is_new = carry_out(proposal, by=me(request), on=company_day(clock.now()))
    except Refused as refusal:
        return _back(request, refusal)
    if is_new:
        messages.success(request, _("“%(profile)s” is saved.") % {"profile": profile})
    return redirect(profile)


def _effect(request: HttpRequest, proposal: Proposal, profile: RoleProfile, needs: list[Need]) -> Effect:
    return effect_of(profile, needs, valid_from=proposal.valid_from, viewer=me(request), at=clock.now())


def _before(effect: Effect, needs: list[Need]) -> list[Need]:
    """What the profile asks on that day without the change."""
    if not effect.before:
        return []
    known = {need.competency.pk: need.competency for need in needs}
    if gone := {need.competency_id for need in effect.before.needs} - known.keys():
        known |= Competency.objects.in_bulk(gone)
    return [Need(known[n.competency_id], n.level, Decimal(str(n.weight))) for n in effect.before.needs]


def _lines(effect: Effect) -> Iterator[list[Any]]:
    for each in effect.people:
        person: Any = each.person
        who = [person.employee_number, person.name, str(person.department or ""), person.grade]
        yield [*who, *_numbers(each, "percent"), *_numbers(each, "overall_level"), *_standings(each)]


def _numbers(each: Moved, name: str) -> list[Any]:
    return [getattr(each.before, name) if each.before else "", getattr(each.after, name)]


def _standings(each: Moved) -> list[str]:
    def said(fit: Fit | None) -> str:
        return str(fit.standing.label) if fit else ""

    return [said(each.before), said(each.after)]


def _edit_url(proposal: Proposal, packed: str) -> str:
    pk = proposal.profile_id
    way = reverse("role-profile-change", args=[pk]) if pk else reverse("role-profile-new")
    return f"{way}?{urlencode({'change': packed})}"


def _back(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """To the profiles, with the reason."""
    messages.error(request, str(refusal.message))
    return redirect("role-profiles")
