"""Practice as the person sees it: one question a page, what was right at once, and how the day went."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.acts import PRACTISE
from assessments.practice import actions
from assessments.practice.actions import Given, Taken
from assessments.practice.asking import NAME, Slip, asked, read_answer, read_slip, slip_for, told
from assessments.practice.models import DrillPerson, Review
from assessments.practice.outlook import outlook_of, progress_of
from assessments.practice.rounds import Round, kept_back, waits
from assessments.questions.models import QuestionVersion
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

FOLDER = "assessments/practice"


@require_GET
@allowed(PRACTISE)
def practice(request: HttpRequest) -> HttpResponse:
    """The next question of today, or how the day went. At most four queries, however much is due."""
    now = clock.now()
    today = timezone.localdate(now)
    current = actions.the_round(me(request), today, at=now)
    if current is None:
        outlook = outlook_of(me(request), today)
        context = {"outlook": outlook, "waits": kept_back(me(request), today)}
        return render(request, f"{FOLDER}/nothing.html", context)
    return _page(request, current, today, now)


@require_GET
@allowed(PRACTISE)
def practice_drill(request: HttpRequest, pk: int) -> HttpResponse:
    """The next question of a drill that I have, or how it went."""
    now = clock.now()
    today = timezone.localdate(now)
    try:
        current = actions.the_round(me(request), today, at=now, drill=pk)
    except DrillPerson.DoesNotExist as error:
        raise Http404 from error
    assert current is not None  # noqa: S101 - a drill is always there
    return _page(request, current, today, now)


def _page(request: HttpRequest, current: Round, today: date, now: datetime) -> HttpResponse:
    person = me(request)
    question = current.next
    if question is None:
        actions.finish(current, at=now)
        return render(request, f"{FOLDER}/end.html", _ended(current, person, today))
    slip = slip_for(person, current, question, day=today, at=now)
    context = {"round": current, "asked": asked(question, slip), "name": NAME, "again": slip.number > 1}
    return render(request, f"{FOLDER}/ask.html", context)


def _ended(current: Round, person: User, today: date) -> dict[str, Any]:
    outlook = outlook_of(person, today)
    return {"round": current, "lines": current.lines, "outlook": outlook}


@require_POST
@allowed(PRACTISE)
def practice_answer(request: HttpRequest) -> HttpResponse:
    """Take an answer; what is to learn from it is on the next page."""
    now = clock.now()
    where = redirect("practice")
    try:
        slip = read_slip(request.POST.get("slip", ""), me(request))
        where = redirect("practice-drill", slip.drill) if slip.drill else where
        taken = _take(request, slip, now)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return where
    if not taken.fresh:
        messages.info(request, _("You had answered this question already; that answer counts."))
    return redirect("practice-told", taken.review.pk)


def _take(request: HttpRequest, slip: Slip, now: datetime) -> Taken:
    """A page of yesterday is answered for today, as the first answer of the day."""
    today = timezone.localdate(now)
    version = get_object_or_404(QuestionVersion.objects.select_related("question"), pk=slip.version)
    answer = read_answer(request.POST, version, slip)
    number = slip.number if slip.day == today.isoformat() else 1
    given = Given(version, answer, number, seconds=max(int(now.timestamp()) - slip.second, 0))
    try:
        return actions.answer(me(request), given, day=today, at=now, drill=slip.drill or None)
    except DrillPerson.DoesNotExist as error:
        raise Http404 from error


@require_GET
@allowed(PRACTISE)
def practice_told(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to learn from an answer that I gave; while a quiz keeps it back, only what I answered."""
    mine = Review.objects.filter(person=me(request)).select_related("version__question", "card", "drill")
    review: Any = get_object_or_404(mine.annotate(held=waits("version__question", me(request))), pk=pk)
    now = clock.now()
    current = actions.the_round(me(request), timezone.localdate(now), at=now, drill=review.drill_id)
    shown = {"told": told(review, held=review.held), "days": (review.card.due_on - review.day).days}
    return render(request, f"{FOLDER}/told.html", {"review": review, "round": current, **shown})


@require_GET
@allowed(PRACTISE)
def practice_progress(request: HttpRequest) -> HttpResponse:
    """What comes in the next days, how well it is known, and how I do by topic."""
    person, today = me(request), clock.today()
    return render(request, f"{FOLDER}/progress.html", {"progress": progress_of(person, today)})
