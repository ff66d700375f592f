"""More time, another mentor, graduation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.acts import GRADUATE, PAIR
from mentoring.matching.actions import propose
from mentoring.pairings import graduation
from mentoring.pairings.changing_forms import ChangeForm, ExtendForm, GraduateForm
from mentoring.pairings.models import Pairing
from mentoring.pairings.paths import pairing_of
from mentoring.pairings.rights import leads, may_graduate
from trainingsite.core import days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.roles import Role


def _open(request: HttpRequest, pk: int) -> Pairing | None:
    """The pairing; nothing, with a message, when it has ended."""
    found: Pairing = pairing_of(request, pk)
    if not found.is_open:
        messages.error(request, _("This pairing has ended."))
        return None
    return found


@require_http_methods(["GET", "POST"])
@allowed(PAIR)
def give_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Extend the pairing and its plan, with a reason."""
    found = _open(request, pk)
    if found is None:
        return redirect("pairing", pk)
    if not leads(me(request), found):
        raise PermissionDenied
    form = ExtendForm(request.POST if request.method == "POST" else None, pairing=found)
    if request.method == "POST" and form.is_valid():
        try:
            extended = form.save(by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            day = date_format(extended.planned_end, "DATE_FORMAT") if extended.planned_end else ""
            messages.success(request, _("Extended until %(day)s; both have been told.") % {"day": day})
            return redirect("pairing", pk)
    context = {"form": form, "pairing": found}
    return render(request, "mentoring/pairings/extend.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(PAIR)
def another_mentor(request: HttpRequest, pk: int) -> HttpResponse:
    """Who goes on: the best proposals with their reasons, or anybody else of the mentors."""
    found, day = _open(request, pk), days.today()
    if found is None:
        return redirect("pairing", pk)
    if not leads(me(request), found):
        raise PermissionDenied
    initial = {"mentor": request.GET.get("mentor")}
    form = ChangeForm(request.POST if request.method == "POST" else None, pairing=found, on=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            new = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _goes_on(new, day))
            return redirect("pairing", new.pk)
    context = {"form": form, "pairing": found, "proposals": _proposals(found, day)}
    return render(request, "mentoring/pairings/change.html", context, status=422 if form.errors else 200)


def _goes_on(new: Pairing, today: Any) -> str:
    words = {"mentor": new.mentor, "mentee": new.mentee}
    if new.started_on == today:
        return _("%(mentor)s guides %(mentee)s from today on; all have been told.") % words
    day = date_format(new.started_on, "DATE_FORMAT")
    return _("%(mentor)s guides %(mentee)s from %(day)s on; all have been told.") % (words | {"day": day})


def _proposals(pairing: Pairing, day: Any) -> list[Any]:
    return [
        row for row in propose(pairing.mentee, on=day, count=4, instead=True) if row.mentor.pk != pairing.mentor_id
    ][:3]


@require_http_methods(["GET", "POST"])
@allowed(GRADUATE)
def let_graduate(request: HttpRequest, pk: int) -> HttpResponse:
    """The conditions once more, and in one sentence what will happen."""
    found, user, day = _open(request, pk), me(request), days.today()
    if found is None:
        return redirect("pairing", pk)
    if not may_graduate(user, found):
        raise PermissionDenied
    lacking = graduation.missing(found, on=day)
    may_despite = bool(lacking) and Role.HR in user.roles
    form = GraduateForm(request.POST if request.method == "POST" else None, pairing=found, may_despite=may_despite)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s has graduated; both have been told.") % {"name": found.mentee})
            return redirect("pairing", pk)
    context = {"form": form, "pairing": found, "lacking": lacking, "may": may_despite or not lacking}
    return render(request, "mentoring/pairings/graduate.html", context, status=422 if form.errors else 200)
