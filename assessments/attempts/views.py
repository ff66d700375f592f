"""Before and after: what awaits a person at a quiz, and what came of an attempt."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.acts import GRANT_ATTEMPTS, SEE_ATTEMPTS, TAKE_QUIZZES
from assessments.attempts import actions
from assessments.attempts.behaviours import CERTAINTIES, asks_certainty
from assessments.attempts.models import Attempt
from assessments.attempts.outcome import outcome_of
from assessments.attempts.review import comes_later, moment_of, reviewable, shown_of
from assessments.attempts.rights import standing_of
from assessments.attempts.shown import reviewed
from assessments.attempts.taking_views import device_of, remember_device, taking
from assessments.quizzes.models import Moment, Quiz, Thing
from courses.models import Enrolment
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.doors import allowed, me

RELATED = ("quiz__unit__course", "person__department", "person__manager", "enrolment")


@require_GET
@allowed(TAKE_QUIZZES)
def quiz(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """What awaits me, and what I have done before."""
    enrolment, found = _own(request, pk, unit_pk)
    now = clock.now()
    standing = standing_of(enrolment, found, at=now)
    made = list(Attempt.objects.filter(enrolment=enrolment, quiz=found).newest_first())
    context = {
        "enrolment": enrolment,
        "quiz": found,
        "attempts": shown_of(made, found, terms=standing.terms, at=now, viewer=me(request)),
        "going": next((attempt for attempt in made if attempt.is_open), None),
        "passed": outcome_of(found, made).passed,
        "standing": standing,
        "questions": sum(slot.draw if slot.question_id is None else 1 for slot in found.items.all()),
        "certainties": list(CERTAINTIES.items()) if asks_certainty(found) else [],
        "helper": helper_of(enrolment),
    }
    return render(request, "assessments/attempts/intro.html", context)


@require_POST
@allowed(TAKE_QUIZZES)
def quiz_start(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    enrolment, found = _own(request, pk, unit_pk)
    device = device_of(request)
    try:
        attempt = actions.start(enrolment, found, at=clock.now(), device=device)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("quiz", pk, unit_pk)
    return remember_device(redirect("attempt", attempt.pk), device, attempt)


@require_GET
@allowed(SEE_ATTEMPTS)
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """My attempt to answer; one that is over to look through, mine or of whom I may see."""
    seen = Attempt.objects.visible_to(me(request)).select_related(*RELATED)
    found = get_object_or_404(seen, pk=pk)
    now = clock.now()
    if found.check_at and found.check_at <= now:
        actions.end(found, at=now)
        found = seen.get(pk=pk)
    if found.is_open and found.person_id == me(request).pk and me(request).may(TAKE_QUIZZES):
        return taking(request, found, now)
    return render(request, "assessments/attempts/result.html", _result(request, found, now))


def _result(request: HttpRequest, found: Attempt, now: datetime) -> dict[str, Any]:
    mine = found.person_id == me(request).pk
    standing = standing_of(found.enrolment, found.quiz, at=now) if mine or not found.is_open else None
    terms = standing.terms if standing and mine else None
    see = reviewable(found, found.quiz, at=now, viewer=me(request), terms=terms)
    context: dict[str, Any] = {
        "attempt": found,
        "mine": mine,
        "shown": Thing.MARKS in see,
        "asked": reviewed(found, see) if see & {Thing.ANSWERS, Thing.MARKS, Thing.RIGHT} else [],
        "standing": standing,
        "helper": helper_of(found.enrolment),
        "may_grant": me(request).may(GRANT_ATTEMPTS) and not mine,
        "interruptions": [] if mine else list(found.interruptions.all()),
        "band": band_of(found) if Thing.BAND in see else "",
    }
    if mine and standing:
        context["more_in_the_end"] = comes_later(found, see)
        context["shown_from"] = None if Thing.MARKS in see else _shown_from(found, standing.terms.closes_at, now)
    return context


def _shown_from(found: Attempt, closes_at: datetime | None, now: datetime) -> datetime | None:
    """When the result will be shown, as far as it is known."""
    later = found.quiz.review.get(Moment.CLOSED.value) or ()
    before = moment_of(found, closes_at, at=now) != Moment.CLOSED
    return closes_at if before and Thing.MARKS in later else None


def band_of(found: Attempt) -> str:
    """What the quiz says to a score like this, as Markdown."""
    if found.score is None:
        return ""
    reached = [band for band in found.quiz.bands if band["from"] <= found.score]
    return str(max(reached, key=lambda band: band["from"])["text"]) if reached else ""


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
