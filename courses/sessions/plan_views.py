"""Plan, change, move and cancel a session."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from courses.acts import PLAN
from courses.planning.seasons import blackouts, next_free
from courses.rooms.models import Room
from courses.series.actions import Scope, meant
from courses.series.models import SessionTemplate
from courses.series.template_actions import instructors_of, said_by
from courses.sessions.act_forms import CancelForm, MoveForm
from courses.sessions.actions import slot_of
from courses.sessions.agendas import AGENDAS, agendas
from courses.sessions.clashes import clashes_of, when_shown
from courses.sessions.forms import ChangeForm, PlanForm
from courses.sessions.models import Session
from courses.sessions.notices import reached, told_words
from trainingsite.core import clock, given
from trainingsite.core.forms import posted
from trainingsite.core.given import LARGEST_KEY
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed, me

NINE = time(9)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def session_new(request: HttpRequest) -> HttpResponse:
    """Plan a session; `?day=` fills in the day, `?room=` the room, `?template=` and `?kind=` what else is known."""
    form = PlanForm(posted(request), initial={**asked_facts(request), "starts_at": _asked_day(request)})
    if form.is_valid() and (planned := form.save(by=me(request))):
        messages.success(request, _("Session “%(title)s” planned.") % {"title": planned})
        return redirect("session", planned.pk)
    context = {
        "form": form,
        "chosen": form.chosen(),
        "agendas": agendas(),
        "templates": SessionTemplate.objects.in_use(),
    }
    return render(request, "courses/sessions/form.html", context, status=422 if form.errors else 200)


def asked_facts(request: HttpRequest) -> dict[str, Any]:
    """What a template, or the check-list of a kind, fills in; and the room that was asked for."""
    return {**_said_of_it(request), **_asked_room(request)}


def _asked_room(request: HttpRequest) -> dict[str, Any]:
    pk = request.GET.get("room", "")
    room = Room.objects.in_use().filter(pk=pk).first() if pk.isdecimal() and int(pk) <= LARGEST_KEY else None
    return {"room": room} if room else {}


def _said_of_it(request: HttpRequest) -> dict[str, Any]:
    pk, kind = request.GET.get("template", ""), request.GET.get("kind", "")
    template = SessionTemplate.objects.in_use().filter(pk=pk).first() if pk.isdecimal() else None
    if template:
        facts: dict[str, Any] = {**said_by(template), "title": template.title, "minutes": template.minutes}
        return {**facts, "instructors": instructors_of(template)}
    return {"kind": kind, "agenda": str(AGENDAS[kind])} if kind in AGENDAS else {}


def _asked_day(request: HttpRequest) -> datetime | None:
    day = given.day(request.GET.get("day", ""))
    return timezone.make_aware(datetime.combine(day, NINE)) if day else None


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Session.objects.select_related("series").with_where_and_who(), pk=pk)
    form = ChangeForm(posted(request), session=found)
    if form.is_valid() and form.save(by=me(request)):
        messages.success(request, _("Session “%(title)s” saved.") % {"title": form.cleaned_data["title"]})
        return redirect("session", pk)
    context = {"form": form, "session": found, "agendas": agendas()}
    return render(request, "courses/sessions/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def session_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what moving it to `?day=` or `?starts_at=` does, and do it; the board asks for the panel alone."""
    found = get_object_or_404(Session.objects.all(), pk=pk)
    back = _back(request, found)
    wanted = _wanted(request, found)
    form = MoveForm(posted(request), initial={"starts_at": wanted, "minutes": found.minutes}, session=found)
    concerned, before = _concerned(form, found), (found.starts_at, found.ends_at)
    if form.is_valid() and (moved := form.save(found, by=me(request))):
        words = {"title": moved, "when": when_shown(moved.starts_at, moved.ends_at)}
        told = told_words(concerned if before != (moved.starts_at, moved.ends_at) else 0)
        messages.success(request, _("“%(title)s” now takes place %(when)s.") % words + " " + told)
        return HttpResponseClientRedirect(back) if request.htmx else redirect(back)  # type: ignore[attr-defined]
    context = {"form": form, "session": found, "back": back, **_consequences(form, found, wanted)}
    status = 422 if form.errors else 200
    return render_page(request, "courses/sessions/move.html", context, partial="panel", status=status)


def _back(request: HttpRequest, found: Session) -> str:
    """Where the person came from; only addresses of our own."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe else reverse("session", args=[found.pk])


def _wanted(request: HttpRequest, found: Session) -> datetime:
    """The time that is asked for: a day keeps the hour; without one, the present time."""
    begin = timezone.localtime(found.starts_at)
    sent = request.POST.get("starts_at") or request.GET.get("starts_at", "")
    if moment := given.moment(sent):
        return moment
    day = given.day(request.GET.get("day", ""))
    return timezone.make_aware(datetime.combine(day, begin.time())) if day else found.starts_at


def _consequences(form: MoveForm, found: Session, wanted: datetime) -> dict[str, Any]:
    """What moving does: the new time, who is told, what stands against it, and the next free day instead."""
    slot = slot_of(found, wanted)
    clashes = form.clashes or tuple(clashes_of(slot))
    form.clashes = clashes
    day = timezone.localdate(wanted)
    free = next_free(day, blackouts(day, day)) if any(c.kind == "inside_blackout" for c in clashes) else None
    return {
        "clashes": clashes,
        "hard": any(clash.hard for clash in clashes),
        "before": when_shown(found.starts_at, found.ends_at),
        "after": when_shown(slot.starts_at, slot.ends_at),
        "same": wanted == found.starts_at,
        "past": wanted <= clock.now(),
        "told": reached([found]),
        "free": free,
    }


def _concerned(form: Form, found: Session) -> int:
    """How many hear of what the form does to the sessions that are meant; counted before it is done."""
    scope = form.cleaned_data.get("scope") if form.is_valid() else None
    return reached(meant(found, scope or Scope.ONE, at=clock.now()))


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Session, pk=pk)
    form = CancelForm(posted(request), session=found)
    concerned = _concerned(form, found)
    if form.is_valid() and form.save(found, by=me(request)):
        said = _("“%(title)s” is cancelled.") % {"title": found}
        messages.success(request, f"{said} {told_words(concerned)}")
        return redirect("session", pk)
    when = when_shown(found.starts_at, found.ends_at)
    context = {"form": form, "session": found, "told": concerned, "when": when}
    return render(request, "courses/sessions/cancel.html", context, status=422 if form.errors else 200)
