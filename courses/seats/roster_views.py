"""What those who run a session do with its seats: the line, the export, what to do when too few come."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import RUN_SESSIONS
from courses.seats.actions import give_seat, move_in_line
from courses.seats.forms import ExtendForm
from courses.seats.minimum import hold_anyway
from courses.seats.queue import with_turn
from courses.sessions.actions import take_out
from courses.sessions.models import Session, SessionPlace
from courses.sessions.rights import run_by
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.people.access.doors import allowed, me


@require_POST
@allowed(RUN_SESSIONS)
def session_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Do something with one place: `up` or `down` in the line, `seat` for a free one, `out`."""
    found = get_object_or_404(run_by(me(request)), pk=pk)
    act = next((name for name in ("up", "down", "seat", "out") if name in request.POST), "")
    place = get_object_or_404(
        SessionPlace.objects.select_related("person", "session"),
        session=found,
        pk=whole(request.POST.get(act, ""), LARGEST_KEY),
    )
    try:
        messages.success(request, _done(request, act, place))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("session", pk)


def _done(request: HttpRequest, act: str, place: SessionPlace) -> str:
    """Do it and say what was done."""
    by, at, name = me(request), clock.now(), {"name": place.person}
    if act == "seat":
        give_seat(place, by=by, at=at)
        return _("%(name)s has a seat now.") % name
    if act == "out":
        take_out(place.session, [place.person_id], by=by, at=at)
        return _("%(name)s is taken out and has been told.") % name
    moved = move_in_line(place, "up" if act == "up" else "down", by=by, at=at)
    return _("%(name)s has changed places in the waiting list.") % name if moved else _("The list stays as it is.")


@require_GET
@allowed(RUN_SESSIONS)
def session_seats_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everybody who has, had or waits for a seat, as CSV."""
    found = get_object_or_404(run_by(me(request)), pk=pk)
    headings = [pgettext("session", "Seat"), _("Waiting list"), _("Name"), _("Employee number"), _("Department")]
    headings += [_("Signed up"), _("Waiting since"), _("Given up at"), _("Reason"), pgettext("invitation", "Answer")]
    return csv_download(f"session-{pk}-seats", headings, _rows(found))


def _rows(session: Session) -> Iterator[list[Any]]:
    every = with_turn(session.places.select_related("person__department"))
    ordered = every.order_by(F("seat").asc(nulls_last=True), F("waiting_since").asc(nulls_last=True), "pk")
    for row in ordered.iterator(chunk_size=2000):
        person = row.person
        yield [
            row.seat,
            getattr(row, "turn", None) if row.waiting_since else None,
            person.name,
            person.employee_number,
            str(person.department or ""),
            _("yes") if row.signed_up else _("no"),
            _moment(row.waiting_since),
            _moment(row.cancelled_at),
            row.given_up_reason,
            row.get_answer_display() if row.answer else "",
        ]


def _moment(value: Any) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@require_POST
@allowed(RUN_SESSIONS)
def session_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold it although too few come."""
    found = get_object_or_404(run_by(me(request)), pk=pk)
    try:
        hold_anyway(found, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("It takes place with as many as come."))
    return redirect("session", pk)


@require_http_methods(["GET", "POST"])
@allowed(RUN_SESSIONS)
def session_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people sign up for longer."""
    found = get_object_or_404(run_by(me(request)), pk=pk)
    form = ExtendForm(request.POST if request.method == "POST" else None, session=found)
    if form.is_valid() and form.save(by=me(request)):
        messages.success(request, _("The new deadline holds."))
        return redirect("session", pk)
    context = {"form": form, "session": found}
    return render(request, "courses/seats/extend.html", context, status=422 if form.errors else 200)
