"""The mentor's pages: my mentees, noting a check-in, correcting it, planning the next one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mentoring.acts import GUIDE
from mentoring.checkins.away import next_day
from mentoring.checkins.forms import CheckInForm, PlanForm
from mentoring.checkins.models import CheckIn
from mentoring.checkins.overview import mentees_of
from mentoring.pairings.models import Pairing
from trainingsite.core import days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(GUIDE)
def my_mentees(request: HttpRequest) -> HttpResponse:
    mentees = mentees_of(me(request), on=days.today())
    context = {
        "this_week": [mentee for mentee in mentees if mentee.needs_me_this_week],
        "later": [mentee for mentee in mentees if not mentee.needs_me_this_week],
    }
    return render(request, "mentoring/checkins/mentees.html", context)


def _own(request: HttpRequest, pk: int) -> Pairing:
    rows = Pairing.objects.filter(mentor=me(request)).select_related("mentee")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@allowed(GUIDE)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """What was talked about; a talk of today that is noted already is corrected."""
    found, day = _own(request, pk), days.today()
    return _note(request, found, found.checkins.filter(held_on=day).first())


@require_http_methods(["GET", "POST"])
@allowed(GUIDE)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    rows = CheckIn.objects.held().filter(pairing__mentor=me(request)).select_related("pairing__mentee")
    found = get_object_or_404(rows, pk=pk)
    return _note(request, found.pairing, found)


def _note(request: HttpRequest, pairing: Pairing, held: CheckIn | None) -> HttpResponse:
    form = CheckInForm(posted(request), pairing=pairing, on=days.today(), held=held)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The check-in with %(name)s is noted.") % {"name": pairing.mentee})
            return redirect("my-mentees")
    draft = f"check-in-{held.pk}-again" if held else f"check-in-{pairing.pk}"
    draft = f"{draft}-by-{me(request).pk}"  # others at the same computer do not get what was typed
    return _form(request, "note", {"form": form, "pairing": pairing, "draft": draft, "held": held})


@require_http_methods(["GET", "POST"])
@allowed(GUIDE)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A day for the next check-in of a pairing that has none; for another day of a planned one the other is asked."""
    found, day = _own(request, pk), days.today()
    planned = found.checkins.planned().first()
    if planned and request.method == "GET":
        return redirect("checkin-move", planned.pk)
    form = PlanForm(posted(request), initial={"next_due_on": next_day(found, on=day)})
    if request.method == "POST" and form.is_valid():
        try:
            form.save(found, on=day)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The check-in with %(name)s is planned.") % {"name": found.mentee})
            return redirect("my-mentees")
    return _form(request, "plan", {"form": form, "pairing": found})


def _form(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, f"mentoring/checkins/{name}.html", context, status=status)
