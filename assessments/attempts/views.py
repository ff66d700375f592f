"""The pages on which a person takes a quiz."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.acts import GRANT_ATTEMPTS, SEE_ATTEMPTS, TAKE_QUIZZES
from assessments.attempts import actions
from assessments.attempts.answers import LAST_SEQUENCE, Outdated
from assessments.attempts.models import Attempt, Response
from assessments.attempts.rights import tries
from assessments.attempts.shown import asked_in
from assessments.questions.types.base import type_of
from assessments.quizzes.models import Quiz, Thing
from courses.models import Enrolment
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.doors import allowed, me

MILLISECOND = timedelta(milliseconds=1)


@require_GET
@allowed(TAKE_QUIZZES)
def quiz(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """What awaits me, and what I have done before."""
    enrolment, found = _own(request, pk, unit_pk)
    made = list(Attempt.objects.filter(enrolment=enrolment, quiz=found).newest_first())
    context = {
        "enrolment": enrolment,
        "quiz": found,
        "attempts": made,
        "going": next((attempt for attempt in made if attempt.is_open), None),
        "passed": any(attempt.passed for attempt in made),
        "tries": tries(enrolment, found, at=clock.now()),
        "questions": found.items.count(),
        "helper": helper_of(enrolment),
    }
    return render(request, "assessments/attempts/intro.html", context)


@require_POST
@allowed(TAKE_QUIZZES)
def quiz_start(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    enrolment, found = _own(request, pk, unit_pk)
    try:
        attempt = actions.start(enrolment, found, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("quiz", pk, unit_pk)
    return redirect("attempt", attempt.pk)


@require_GET
@allowed(SEE_ATTEMPTS)
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """My attempt in progress to answer; a graded one to look through, mine or of whom I may see."""
    seen = Attempt.objects.visible_to(me(request))
    related = ["quiz__unit__course", "person__department", "person__manager", "enrolment"]
    found = get_object_or_404(seen.select_related(*related), pk=pk)
    now = clock.now()
    if found.is_open and found.deadline and found.deadline <= now:
        actions.submit(found, at=now)
        found = seen.select_related(*related).get(pk=pk)
    mine = found.person_id == me(request).pk
    if found.is_open and mine and me(request).may(TAKE_QUIZZES):
        return render(request, "assessments/attempts/take.html", _taking(found, now))
    context = {"attempt": found, "mine": mine, "tries": tries(found.enrolment, found.quiz, at=now)}
    context |= {"asked": asked_in(found) if not found.is_open else [], "helper": helper_of(found.enrolment)}
    context["see"] = Thing.values
    context["may_grant"] = me(request).may(GRANT_ATTEMPTS) and not mine
    return render(request, "assessments/attempts/result.html", context)


@require_POST
@allowed(TAKE_QUIZZES)
def attempt_save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep one answer; the browser hears when it is committed. Four queries, of which two say who it is."""
    data = request.POST
    position, sequence = data.get("position", ""), data.get("sequence", "")
    if not (_is_number(position, 32000) and _is_number(sequence, LAST_SEQUENCE)):
        return JsonResponse({"code": "invalid", "message": _("This answer does not fit the question.")}, status=400)
    mine = Attempt(pk=pk, person=me(request))  # not read: the statement that keeps the answer finds it or does not
    flagged = data["flagged"] == "1" if "flagged" in data else None
    moment = clock.now()
    try:
        answer = json.loads(data.get("answer", "null"))
        kept = actions.save_answer(mine, int(position), answer, int(sequence), at=moment, flagged=flagged)
    except ValueError:
        return JsonResponse({"code": "invalid", "message": _("This answer does not fit the question.")}, status=400)
    except Response.DoesNotExist:
        return JsonResponse({"code": "not_found", "message": _("There is no such question.")}, status=404)
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse({"sequence": kept.sequence, "saved_at": _time(kept.saved_at)})


@require_POST
@allowed(TAKE_QUIZZES)
def attempt_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in. A browser without scripts sends its answers along; with scripts they are kept already."""
    found = get_object_or_404(Attempt.objects.filter(person=me(request)), pk=pk)
    now = clock.now()
    _keep_form(request, found, now)
    if "later" in request.POST:
        messages.success(request, _("Saved at %(time)s.") % {"time": _time(now)})
        return redirect("attempt", pk)
    actions.submit(found, at=now)
    return redirect("attempt", pk)


@require_POST
@allowed(GRANT_ATTEMPTS)
def attempt_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the person of this attempt one more."""
    seen = Attempt.objects.visible_to(me(request)).exclude(person=me(request))
    found = get_object_or_404(seen.select_related("enrolment", "quiz", "person"), pk=pk)
    try:
        actions.grant_extra(found.enrolment, found.quiz, by=me(request), at=clock.now())
        messages.success(request, _("%(person)s has one more attempt, and was told.") % {"person": found.person})
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("attempt", pk)


def helper_of(enrolment: Enrolment) -> str:
    """Who can give one more attempt, by name when there is one."""
    manager = enrolment.person.manager
    return str(manager) if manager else _("your HR department")


def _own(request: HttpRequest, pk: int, unit_pk: int) -> tuple[Enrolment, Quiz]:
    mine = Enrolment.objects.filter(person=me(request)).select_related("course", "person__manager")
    enrolment = get_object_or_404(mine, pk=pk)
    quizzes = Quiz.objects.select_related("unit__course")
    return enrolment, get_object_or_404(quizzes, unit=unit_pk, unit__course=enrolment.course_id)


def _taking(found: Attempt, now: datetime) -> dict[str, Any]:
    """The page's clock starts from the server's: moments are milliseconds since 1970, as browsers count."""
    asked = asked_in(found)
    return {
        "attempt": found,
        "asked": asked,
        "now": _milliseconds(now),
        "started": _milliseconds(found.started_at),
        "deadline": _milliseconds(found.deadline) if found.deadline else "",
        "answered": sum(bool(one.response.answer) for one in asked),
    }


def _keep_form(request: HttpRequest, found: Attempt, now: datetime) -> None:
    """Keep what a plain form changed; what it shows unchanged may be older than what another window kept."""
    if "plain" not in request.POST:
        return
    for response in found.responses.select_related("version__question"):
        chosen = type_of(response.version.question.kind).from_form(request.POST, f"q-{response.position}")
        if json.dumps(chosen or None) == request.POST.get(f"was-{response.position}", ""):
            continue
        sequence = int((now - found.started_at) / MILLISECOND)
        try:
            actions.save_answer(found, response.position, chosen, sequence, at=now)
        except Refused as refusal:
            messages.warning(request, str(refusal.message))


def _refused(refusal: Refused) -> JsonResponse:
    body: dict[str, Any] = {"code": refusal.code, "message": str(refusal.message)}
    if isinstance(refusal, Outdated):
        kept = refusal.kept
        body |= {"answer": kept.answer, "sequence": kept.sequence, "flagged": kept.flagged}
        body["saved_at"] = _time(kept.saved_at)
    return JsonResponse(body, status=409)


def _is_number(text: str, highest: int) -> bool:
    return text.isdecimal() and len(text) <= len(str(highest)) and 0 < int(text) <= highest


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _time(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M:%S") if moment else ""
