"""One check-in as both sides see and prepare it, on a phone first; whoever sees the pairing reads it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.acts import GUIDE, SEE_CHECKIN, TALK
from mentoring.checkins import actions, moving
from mentoring.checkins.agenda import suggestions
from mentoring.checkins.forms import AgendaForm, MoveForm, OwnNoteForm, StepForm
from mentoring.checkins.models import AgendaItem, CheckIn, CheckInQuerySet, NextStep
from mentoring.checkins.sides import side_of
from mentoring.checkins.steps import steps_to_talk_about
from mentoring.job_plans.models import Side
from trainingsite.core import clock, days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import asks_part, render_page
from trainingsite.people.access.doors import allowed, me

PAGE = "mentoring/checkins/checkin.html"


def _rows(rows: CheckInQuerySet) -> CheckInQuerySet:
    return rows.select_related("pairing__mentor", "pairing__mentee__department", "pairing__plan", "wanted_by")


def _mine(request: HttpRequest, pk: int) -> CheckIn:
    return get_object_or_404(_rows(CheckIn.objects.of(me(request))), pk=pk)


@require_GET
@allowed(SEE_CHECKIN)
def checkin(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_rows(CheckIn.objects.visible_to(me(request))), pk=pk)
    return render(request, PAGE, _context(request, found))


def _context(request: HttpRequest, found: CheckIn, **forms: Any) -> dict[str, Any]:
    """What everybody reads; to the two also what they do, and to each the own note alone."""
    pairing, day, side = found.pairing, days.today(), side_of(found.pairing, me(request))
    own, before = steps_to_talk_about(found)
    context: dict[str, Any] = {
        "checkin": found,
        "pairing": pairing,
        "day": day,
        "overdue": found.is_overdue(day),
        "agenda": list(found.agenda.select_related("by")),
        "steps": own,
        "before": before,
        "side": side,
        "works": side is not None and pairing.is_open,
        "is_mentor": side == Side.MENTOR and me(request).may(GUIDE),
    }
    if side:
        context |= _for_one_of_them(found, side, before) | {"draft": f"own-note-{found.pk}-by-{me(request).pk}"}
    return context | forms


def _for_one_of_them(found: CheckIn, side: Side, before: list[NextStep]) -> dict[str, Any]:
    note = found.note if side == Side.MENTOR else found.mentee_note
    return {
        "suggested": suggestions(found, before, on=days.today()) if found.held_on is None else [],
        "agenda_form": AgendaForm(),
        "step_form": StepForm(side=side),
        "own_note": OwnNoteForm(initial={"text": note}),
    }


def _tried(request: HttpRequest, found: CheckIn, act: Callable[[], object], part: str) -> HttpResponse:
    """Do it and show that part of the page again; a refusal is said there."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    if not asks_part(request):
        return redirect("checkin", found.pk)
    return render(request, f"{PAGE}#{part}", _context(request, found))


def _filled(request: HttpRequest, found: CheckIn, name: str, form: Any) -> HttpResponse:
    """Save one of the small forms of the page; what is wrong is said at its field."""
    if form.is_valid():
        try:
            form.save(found, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
    part = "steps" if name == "step_form" else "agenda"
    if form.errors:
        return render_page(request, PAGE, _context(request, found, **{name: form}), partial=part, status=422)
    return _tried(request, found, lambda: None, part)


@require_POST
@allowed(TALK)
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    return _filled(request, _mine(request, pk), "agenda_form", AgendaForm(request.POST))


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    mine = CheckIn.objects.of(me(request))
    return get_object_or_404(AgendaItem.objects.filter(checkin__in=mine).select_related("checkin"), pk=pk)


@require_POST
@allowed(TALK)
def item_tick(request: HttpRequest, pk: int) -> HttpResponse:
    item, talked = _item(request, pk), request.POST.get("talked", "1") != "0"
    act = lambda: actions.tick_item(item, by=me(request), at=clock.now(), talked=talked)  # noqa: E731 - one call
    return _tried(request, _mine(request, item.checkin_id), act, "agenda")


@require_POST
@allowed(TALK)
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    found = _mine(request, item.checkin_id)
    return _tried(request, found, lambda: actions.remove_item(item, by=me(request)), "agenda")


@require_POST
@allowed(TALK)
def step_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    side = side_of(found.pairing, me(request)) or Side.MENTEE
    return _filled(request, found, "step_form", StepForm(request.POST, side=side))


@require_POST
@allowed(TALK)
def step_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a step off, or take the tick away (`done=0`); `on` names the check-in on whose page that is done."""
    mine = CheckIn.objects.of(me(request))
    step = get_object_or_404(NextStep.objects.filter(checkin__in=mine).select_related("checkin"), pk=pk)
    user, asked = me(request), request.POST.get("on", "")
    found = _mine(request, int(asked) if asked.isdecimal() else step.checkin_id)
    if request.POST.get("done", "1") == "0":
        return _tried(request, found, lambda: actions.reopen_step(step, by=user), "steps")
    return _tried(request, found, lambda: actions.finish_step(step, by=user, at=clock.now()), "steps")


@require_POST
@allowed(TALK)
def own_note(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _mine(request, pk), OwnNoteForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(request, found, own_note=form), status=422)
    form.save(found, by=me(request))
    messages.success(request, _("Your note is saved; nobody else reads it."))
    return redirect("checkin", found.pk)


@require_http_methods(["GET", "POST"])
@allowed(TALK)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the other for another day."""
    found = _mine(request, pk)
    form = MoveForm(posted(request), initial={"wanted_on": found.wanted_on, "why": found.wanted_why})
    if request.method == "POST" and form.is_valid():
        try:
            form.save(found, by=me(request), on=days.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The other is asked; until then the day stays."))
            return redirect("checkin", found.pk)
    context = {"form": form, "checkin": found, "pairing": found.pairing, "day": days.today()}
    return render(request, "mentoring/checkins/move.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(TALK)
def move_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, agrees = _mine(request, pk), request.POST.get("agrees") == "1"
    try:
        moving.answer_day(found, agrees=agrees, by=me(request), on=days.today())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("checkin", found.pk)
