"""What HR does with single runs by hand: leaves one out, takes that back, moves one, runs one now."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.acts import PLAN
from courses.audiences.actions import sizes
from courses.refreshers.actions import move_run, run_now, skip, take_back_skip
from courses.refreshers.forms import MoveRunForm, ReasonForm
from courses.refreshers.models import Occurrence, Refresher
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me


def _run(pk: int) -> Occurrence:
    return get_object_or_404(Occurrence.objects.select_related("refresher"), pk=pk)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def run_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and leave the run out."""
    found, form = _run(pk), ReasonForm(posted(request))
    said = _("The run of %(day)s is left out.") % {"day": date_format(found.on, "DATE_FORMAT")}
    return _asked(
        request,
        {"form": form, "refresher": found.refresher, "run": found, "act": "skip"},
        lambda given: skip(found, reason=given["reason"], by=me(request)),
        said,
    )


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def run_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another day and why, and move the run there."""
    found, form = _run(pk), MoveRunForm(posted(request))
    return _asked(
        request,
        {"form": form, "refresher": found.refresher, "run": found, "act": "move"},
        lambda given: move_run(found, on=given["on"], reason=given["reason"], by=me(request), at=clock.now()),
        _("The run has another day now."),
    )


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def refresher_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and open a run at once."""
    found = get_object_or_404(Refresher.objects.select_related("audience"), pk=pk)
    form, people = ReasonForm(posted(request)), sizes([found.audience], on=clock.today())[found.audience_id]
    return _asked(
        request,
        {"form": form, "refresher": found, "act": "run", "people": people},
        lambda given: run_now(found, reason=given["reason"], by=me(request), at=clock.now()),
        _("A run of “%(title)s” is open now.") % {"title": found},
    )


def _asked(
    request: HttpRequest, context: dict[str, Any], act: Callable[[dict[str, Any]], object], said: str
) -> HttpResponse:
    """The page that asks before the act; a refusal stands at its field."""
    form = context["form"]
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, said)
            return redirect("refresher", context["refresher"].pk)
    return render(request, "courses/refreshers/act.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(PLAN)
def run_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a run that was left out take place after all."""
    found = _run(pk)
    try:
        take_back_skip(found, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The run takes place after all."))
    return redirect("refresher", found.refresher_id)
