"""The exam page and what it posts: answers, checks, that the page was left, and handing in."""

import json
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.acts import TAKE_QUIZZES
from assessments.attempts import actions, integrity
from assessments.attempts.answers import LAST_SEQUENCE, Kept, Outdated
from assessments.attempts.behaviours import checks
from assessments.attempts.models import Attempt, Response, State
from assessments.attempts.sheets import sheet_of
from assessments.attempts.shown import answered, asked_in, checked_one
from assessments.questions.types.base import type_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.given import from_json, whole
from trainingsite.people.access.doors import allowed, me

MILLISECOND = timedelta(milliseconds=1)
LAST_POSITION, MOST_SECONDS, LONGEST = 32_000, 86_400, 200_000
DEVICE, YEAR = "device", 365 * 86_400
R = TypeVar("R", bound=HttpResponseBase)


def taking(request: HttpRequest, found: Attempt, now: datetime) -> HttpResponse:
    """The attempt to answer; when its time is over to hand in, and on another device to go on with."""
    if found.state == State.OVERDUE:
        return render(request, "assessments/attempts/overdue.html", {"attempt": found})
    if found.device not in {"", device_of(request)}:
        return render(request, "assessments/attempts/elsewhere.html", {"attempt": found})
    asked = asked_in(found, found.quiz)
    context = {
        "attempt": found,
        "asked": asked,
        "now": _milliseconds(now),
        "started": _milliseconds(found.started_at),
        "deadline": _milliseconds(found.deadline) if found.deadline else "",
        "answered": answered(asked),
        "checks": checks(found.quiz),
    }
    return render(request, "assessments/attempts/take.html", context)


@require_POST
@allowed(TAKE_QUIZZES)
def attempt_save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep one answer; the browser hears when it is committed. Two queries: who it is, and the keeping."""
    try:
        kept = _keep(request, pk)
    except ValueError:
        return JsonResponse({"code": "invalid", "message": _("This answer does not fit the question.")}, status=400)
    except Response.DoesNotExist:
        return JsonResponse({"code": "not_found", "message": _("There is no such question.")}, status=404)
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse({"sequence": kept.sequence, "saved_at": _time(kept.saved_at)})


def _keep(request: HttpRequest, pk: int) -> Kept:
    """The attempt is not read: the statement that keeps the answer finds it or does not."""
    data = request.POST
    text = data.get("answer", "null")
    if len(text) > LONGEST:
        raise ValueError("longer than any answer")
    return actions.save_answer(
        Attempt(pk=pk, person=me(request)),
        _number(data.get("position", ""), LAST_POSITION),
        from_json(text),
        _number(data.get("sequence", ""), LAST_SEQUENCE),
        at=_came(request),
        flagged=data["flagged"] == "1" if "flagged" in data else None,
        certainty=_number(data["certainty"], LAST_POSITION) if data.get("certainty") else None,
        device=device_of(request),
    )


def _came(request: HttpRequest) -> datetime:
    """The database's moment at which the request came; it was read with the person."""
    with clock.seen_at(getattr(request.user, "loaded_at", None) or clock.now()):
        return clock.now()


@require_POST
@allowed(TAKE_QUIZZES)
def attempt_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the kept answer to one question checked; what is told stands under the question."""
    try:
        position = _number(request.POST.get("position", ""), LAST_POSITION)
        mine = Attempt(pk=pk, person=me(request))
        checked = actions.check(mine, position, device=device_of(request), at=clock.now())
    except ValueError:
        return JsonResponse({"code": "invalid", "message": _("There is no such question.")}, status=400)
    except Response.DoesNotExist:
        return JsonResponse({"code": "not_found", "message": _("There is no such question.")}, status=404)
    except Refused as refusal:
        return _refused(refusal)
    one = checked_one(checked.response, checked.response.attempt.quiz)
    html = render_to_string("assessments/attempts/checked.html", {"one": one, "mine": True}, request)
    return JsonResponse({"html": html, "finished": checked.finished})


@require_POST
@allowed(TAKE_QUIZZES)
def attempt_left(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that I was away from the page: from when, in milliseconds since the start, and how many seconds."""
    found = get_object_or_404(Attempt.objects.filter(person=me(request)).select_related("quiz"), pk=pk)
    try:
        since = _number(request.POST.get("from", ""), LAST_SEQUENCE)
        seconds = _number(request.POST.get("seconds", ""), MOST_SECONDS)
        left_at = found.started_at + since * MILLISECOND
    except (ValueError, OverflowError):
        return JsonResponse({"code": "invalid"}, status=400)
    integrity.note_leaving(found, left_at=left_at, seconds=seconds, at=clock.now())
    return HttpResponse(status=204)


@require_POST
@allowed(TAKE_QUIZZES)
def attempt_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with my attempt on this device."""
    found = get_object_or_404(Attempt.objects.filter(person=me(request)), pk=pk)
    device = device_of(request)
    try:
        found = integrity.take_over(found, device, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return remember_device(redirect("attempt", pk), device, found)


@require_POST
@allowed(TAKE_QUIZZES)
def attempt_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in. A browser without scripts sends its answers along; with scripts they are kept already."""
    found = get_object_or_404(Attempt.objects.filter(person=me(request)), pk=pk)
    now = clock.now()
    if "plain" in request.POST:
        keep_form(request, found, now)
    if position := request.POST.get("check", ""):
        return _check_plainly(request, found, position, now)
    if "later" in request.POST:
        messages.success(request, _("Saved at %(time)s.") % {"time": _time(now)})
        return redirect("attempt", pk)
    actions.submit(found, at=now)
    return redirect("attempt", pk)


def _check_plainly(request: HttpRequest, found: Attempt, position: str, now: datetime) -> HttpResponse:
    try:
        actions.check(found, _number(position, LAST_POSITION), device=device_of(request), at=now)
    except (ValueError, Response.DoesNotExist):
        messages.error(request, _("There is no such question."))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    return redirect(f"{found.get_absolute_url()}#q-{position}")


def keep_form(request: HttpRequest, found: Attempt, now: datetime) -> None:
    """Keep what a plain form changed; what it shows unchanged may be older than what another window kept."""
    sequence = int((now - found.started_at) / MILLISECOND)
    for position, place in sheet_of(found.pk).places.items():
        certainty = request.POST.get(f"certainty-{position}", "")
        before = request.POST.get(f"was-{position}", ""), request.POST.get(f"was-certain-{position}", "")
        sure = whole(certainty, LAST_POSITION)
        device = device_of(request)
        try:
            given = type_of(place.kind).from_form(request.POST, f"q-{position}")
            if (json.dumps(given or None), certainty) == before:
                continue
            actions.save_answer(found, position, given, sequence, at=now, certainty=sure, device=device)
        except Refused as refusal:
            messages.warning(request, str(refusal.message))


def device_of(request: HttpRequest) -> str:
    """The name of this browser; a new one when it has none yet."""
    kept = request.COOKIES.get(DEVICE, "")
    return kept if integrity.is_device(kept) else integrity.new_device()


def remember_device(response: R, device: str, attempt: Attempt) -> R:
    """Let the browser keep its name where the quiz asks for one device."""
    if attempt.device:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(DEVICE, device, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _refused(refusal: Refused) -> JsonResponse:
    body: dict[str, Any] = {"code": refusal.code, "message": str(refusal.message)}
    if isinstance(refusal, Outdated):
        kept = refusal.kept
        body |= {"answer": kept.answer, "sequence": kept.sequence, "flagged": kept.flagged}
        body |= {"certainty": kept.certainty, "saved_at": _time(kept.saved_at)}
    return JsonResponse(body, status=409)


def _number(text: str, highest: int) -> int:
    number = whole(text, highest, least=1)
    if number is None:
        raise ValueError(text)
    return number


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _time(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M:%S") if moment else ""
