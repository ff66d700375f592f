"""The roster: who was there, late, away or excused, noted by whoever runs the session; on paper and as a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from courses.acts import PLAN, RUN_SESSIONS
from courses.attendance.actions import everybody_present, held, roster_closed
from courses.attendance.forms import FactForm
from courses.attendance.running import mine_to_run
from courses.attendance.states import LEVELS, Presence, count, presence_of, reason_of
from courses.sessions.models import Session, SessionPlace
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

PER_PAGE = 60


@require_GET
@allowed(RUN_SESSIONS)
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a seat, by name; `?q=` finds some of them, `?open=1` those of whom nothing is noted."""
    found = mine_to_run(request, pk)
    places = _by_name(found)
    if text := request.GET.get("q", "").strip()[:60]:
        places = places.filter(person__in=User.objects.called(text))
    if request.GET.get("open"):
        places = places.filter(noted_by="", attended_at=None)
    page = paginate(request, places, PER_PAGE)
    rows = [_row(place) for place in page]
    context = {**_frame(request, found), "page": page, "rows": rows, "q": text, "only_open": request.GET.get("open")}
    return render_page(request, "courses/attendance/roster.html", context, partial="people")


def _by_name(found: Session) -> Any:
    return (
        held(found)
        .select_related("person__department")
        .prefetch_related("corrections__by")
        .order_by("person__sort_key")
    )


def _row(place: SessionPlace) -> dict[str, Any]:
    presence = presence_of(place)
    level = LEVELS[presence] if presence else "neutral"
    minutes = {"late": _shown(place.late_minutes), "left": _shown(place.left_early_minutes)}
    return {"place": place, "presence": presence, "level": level, "reason": reason_of(place), "typed": minutes}


def _shown(minutes: int | None) -> str:
    return str(minutes or "")


def _typed(request: HttpRequest, row: dict[str, Any]) -> dict[str, str]:
    """What was sent and refused, so that nobody types it again."""
    known = {**row["typed"], "reason": row["reason"]}
    return {name: request.POST.get(name, value)[:200] for name, value in known.items()}


def _frame(request: HttpRequest, found: Session) -> dict[str, Any]:
    """What the page says besides the people."""
    now = clock.now()
    return {
        "session": found,
        "count": count(held(found)),
        "can_note": not found.cancelled_at and timezone.localdate(found.starts_at) <= timezone.localdate(now),
        "closed": roster_closed(found, now),
        "may_correct": me(request).may(PLAN),
        "over": found.ends_at <= now,
        "presences": [(each, each.label, LEVELS[each]) for each in Presence],
    }


@require_POST
@allowed(RUN_SESSIONS)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """One fact about one person: a tap. The answer is the person's row, with what was refused."""
    found = mine_to_run(request, pk)
    form = FactForm(request.POST)
    refusal = _refusal(request, found, form)
    if not getattr(request, "htmx", False):
        if refusal:
            messages.error(request, str(refusal.message))
        return redirect("session-roster", pk)
    place = get_object_or_404(_by_name(found), person=form.cleaned_data.get("person") or 0)
    row = _row(place)
    if refusal:
        row["typed"] = _typed(request, row)
    context = {**_frame(request, found), "row": row, "refusal": refusal, "sent": form.cleaned_data}
    context["ask"] = refusal is not None and refusal.code == "noted_by_code"
    context["at"] = refusal.field if refusal else ""
    return render(request, "courses/attendance/roster.html#noted", context, status=422 if refusal else 200)


def _refusal(request: HttpRequest, found: Session, form: FactForm) -> Refused | None:
    if not form.is_valid():
        return Refused(form.complaint, field=next(iter(form.errors)), code="invalid")
    try:
        form.save(found, by=me(request))
    except Refused as refusal:
        return refusal
    return None


@require_POST
@allowed(RUN_SESSIONS)
def everybody(request: HttpRequest, pk: int) -> HttpResponse:
    """All those of whom nothing is noted were there."""
    found = mine_to_run(request, pk)
    try:
        number = everybody_present(found, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        text = ngettext("%(n)s person noted as present.", "%(n)s people noted as present.", number)
        messages.success(request, text % {"n": number})
    return redirect("session-roster", pk)


@require_GET
@allowed(RUN_SESSIONS)
def roster_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The roster on paper, with a column to sign in."""
    found = mine_to_run(request, pk)
    context = {**_frame(request, found), "rows": [_row(place) for place in _by_name(found)]}
    context["teachers"] = [str(each.instructor) for each in found.teachings.select_related("instructor__person")]
    return render(request, "courses/attendance/print.html", context)


@require_GET
@allowed(RUN_SESSIONS)
def roster_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The roster as CSV, with the headings that the import reads."""
    found = mine_to_run(request, pk)
    headings = [
        _("Employee number"),
        pgettext("person", "Name"),
        _("Department"),
        _("Attendance"),
        _("Late (minutes)"),
        _("Left early (minutes)"),
        _("Reason"),
        _("Noted"),
        _("Checked in"),
    ]
    return csv_download(f"attendance-{found.pk}", headings, (_cells(place) for place in _by_name(found)))


def _cells(place: SessionPlace) -> list[Any]:
    presence = presence_of(place)
    moment = timezone.localtime(place.attended_at).strftime("%Y-%m-%d %H:%M") if place.attended_at else ""
    minutes = [place.late_minutes or "", place.left_early_minutes or ""]
    about = [place.person.employee_number, place.person.name, str(place.person.department or "")]
    said = [str(presence.label) if presence else "", *minutes, reason_of(place)]
    return [*about, *said, str(place.get_noted_by_display()), moment]
