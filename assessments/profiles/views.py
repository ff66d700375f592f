"""Pages of profiles: all of them, one with its history, taking one out of use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import EDIT_PROFILES, VIEW_MATRIX, VIEW_PROFILES
from assessments.profiles import actions
from assessments.profiles.filters import ProfileFilter
from assessments.profiles.forms import SummaryForm
from assessments.profiles.lists import lines_of
from assessments.profiles.models import ProfileVersion, RoleProfile
from assessments.profiles.ready import load_ready_profiles
from assessments.profiles.shown import Step, from_day, groups_of, history_of, level_names, radar_of
from trainingsite.core import clock, given
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"position": "position__name", "grade": "grade", "changed": "modified_at"}


@require_GET
@allowed(VIEW_PROFILES)
def profiles(request: HttpRequest) -> HttpResponse:
    """What each position asks."""
    user = me(request)
    every = sorted_by(request, RoleProfile.objects.visible_to(user).select_related("position"), COLUMNS, "position")
    filterset = ProfileFilter(request.GET, every)
    page = paginate(request, filterset.found)
    context = {
        "filterset": filterset,
        "page": page,
        "lines": lines_of(list(page), user, company_day(clock.now())),
        "sort": "position",
        "target": "#rows",
        "may_edit": user.may(EDIT_PROFILES),
        "may_see_people": user.may(VIEW_MATRIX),
    }
    return render_page(request, "assessments/profiles/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_PROFILES)
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """One profile as it is on `?on=`, or today; while nothing has begun, as it is planned first."""
    user, today = me(request), company_day(clock.now())
    found = _find(request, pk)
    on = given.day(request.GET.get("on", "")) or today
    history = history_of(found.versions.with_needs().select_related("by"), on)
    shown = _of(history, "standing") or (history[-1].version if history else None)
    planned = _of(history[::-1], "planned")
    planned = planned if planned != shown else None
    names = level_names(need.competency_id for step in history for need in step.version.needs.all())
    context = {
        "profile": found,
        "shown": shown,
        "groups": groups_of(shown, names),
        "chart": radar_of([(from_day(row), row) for row in (shown, planned) if row], names),
        "history": history,
        "on": on,
        "is_past": on != today,
        "may_edit": user.may(EDIT_PROFILES),
        "may_see_people": user.may(VIEW_MATRIX),
    }
    return render(request, "assessments/profiles/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_PROFILES)
def profile_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the summary; what is asked changes with a day and a reason."""
    found = _find(request, pk)
    form = SummaryForm(posted(request), initial={"summary": found.summary})
    if request.method == "POST" and form.is_valid():
        saved = actions.save_profile(
            found, position=found.position, grade=found.grade, summary=form.cleaned_data["summary"]
        )
        messages.success(request, _("“%(profile)s” is saved.") % {"profile": saved})
        return redirect(saved)
    context = {"profile": found, "form": form}
    return render(request, "assessments/profiles/edit.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(EDIT_PROFILES)
def profile_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a profile out of use."""
    found = actions.retire_profile(_find(request, pk), at=clock.now())
    messages.success(request, _("“%(profile)s” is retired. From today nobody is measured by it.") % {"profile": found})
    return redirect(found)


@require_POST
@allowed(EDIT_PROFILES)
def profile_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a profile back into use."""
    found = actions.restore_profile(_find(request, pk))
    messages.success(request, _("“%(profile)s” is in use again.") % {"profile": found})
    return redirect(found)


@require_POST
@allowed(EDIT_PROFILES)
def profiles_ready(request: HttpRequest) -> HttpResponse:
    """Take the ready profiles; positions that have one keep theirs."""
    try:
        made = load_ready_profiles(by=me(request), on=company_day(clock.now()))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%(n)s role profiles were added. Look them over.") % {"n": made})
    return redirect("role-profiles")


def _find(request: HttpRequest, pk: int) -> RoleProfile:
    return get_object_or_404(RoleProfile.objects.visible_to(me(request)).select_related("position"), pk=pk)


def _of(history: list[Step], state: str) -> ProfileVersion | None:
    return next((step.version for step in history if step.state == state), None)
