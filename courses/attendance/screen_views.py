"""The page for the screen of the room: the code and its QR, the agenda, and who is here."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from courses.acts import RUN_SESSIONS
from courses.attendance.actions import held
from courses.attendance.checking_in import opens_at
from courses.attendance.codes import STEP, code_at, seconds_left
from courses.attendance.running import mine_to_run
from courses.attendance.states import count
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.people.access.doors import allowed

NAMES = 60


@require_GET
@allowed(RUN_SESSIONS)
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it; what changes is asked for again every few seconds."""
    found = mine_to_run(request, pk)
    return render(request, "courses/attendance/screen.html", _now(request, found))


@require_GET
@allowed(RUN_SESSIONS)
def screen_now(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes: the code, the time it has left, and who has come."""
    found = mine_to_run(request, pk)
    return render(request, "courses/attendance/screen.html#now", _now(request, found))


def _now(request: HttpRequest, found: Session) -> dict[str, Any]:
    now = clock.now()
    places = held(found)
    here = places.exclude(attended_at=None).order_by("-attended_at", "pk")
    numbers = count(places)
    return {
        "session": found,
        "now": now,
        "opens_at": opens_at(found),
        "count": numbers,
        "names": list(here.values_list("person__name", flat=True)[:NAMES]),
        "more": max(numbers.present - NAMES, 0),
        "step": STEP,
        **(_code(request, found) if opens_at(found) <= now < found.ends_at and not found.cancelled_at else {}),
    }


def _code(request: HttpRequest, found: Session) -> dict[str, Any]:
    """The code of this moment, by twice three digits, and the link that holds it as a picture."""
    at = clock.now()
    code = code_at(found.secret, at)
    link = request.build_absolute_uri(f"{reverse('session-check-in', args=[found.pk])}?code={code}")
    return {"code": code, "halves": (code[:3], code[3:]), "qr": qr(link), "left": seconds_left(at)}


def qr(link: str) -> SafeString:
    """The link as an inline picture that takes the size that its place gives it."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=3, omitsize=True, dark="#000", light="#fff")
    return mark_safe(drawn)  # noqa: S308 - a drawing of our own, without any text
