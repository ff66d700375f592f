"""Pages of appeals: the person's side and the answering side."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import APPEAL, MARK, SEE_APPEALS
from assessments.appeals import actions
from assessments.appeals.filters import AppealFilter
from assessments.appeals.forms import AnswerForm, AppealForm
from assessments.appeals.models import Appeal, AppealQuerySet, State
from assessments.attempts.models import Response
from assessments.attempts.review import reviewable
from assessments.marking.forms import typed
from assessments.marking.rubrics import rubric_of
from assessments.marking.shown import Sheet
from trainingsite.core import clock, markdown
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"due": "due_at", "made": "made_at", "name": "response__attempt__person__sort_key"}


def _related(appeals: AppealQuerySet) -> AppealQuerySet:
    return appeals.select_related(
        "response__attempt__person__department",
        "response__attempt__quiz__unit__course",
        "response__version__question",
        "answered_by",
        "marking",
    )


@require_GET
@allowed(MARK)
def appeals(request: HttpRequest) -> HttpResponse:
    """What I may answer; what is due first comes first."""
    now = clock.now()
    filterset = AppealFilter(request.GET, _related(Appeal.objects.answerable_by(me(request))), at=now)
    page = paginate(request, sorted_by(request, filterset.qs, COLUMNS, "due"))
    context = {"filterset": filterset, "page": page, "sort": "due", "target": "#rows", "now": now}
    return render_page(request, "assessments/appeals/list.html", context, partial="rows")


@require_GET
@allowed(APPEAL)
def my_appeals(request: HttpRequest) -> HttpResponse:
    """My appeals, those that are open first."""
    mine = _related(Appeal.objects.of(me(request))).order_by(F("closed_at").desc(nulls_first=True), "-pk")
    return render(request, "assessments/appeals/mine.html", {"page": paginate(request, mine), "now": clock.now()})


@require_http_methods(["GET", "POST"])
@allowed(APPEAL)
def appeal_new(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Appeal against the mark of one of my answers."""
    mine = Response.objects.filter(attempt__person=me(request), attempt__state="graded")
    related = mine.select_related("attempt__quiz__unit__course", "attempt__person", "version__question")
    found = get_object_or_404(related, attempt=pk, position=position)
    form = AppealForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.appeal(found, form.cleaned_data["text"], by=me(request), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Your appeal was sent. You are told when it is answered."))
            return redirect("appeal", made.pk)
    until, former = actions.last_day(found.attempt), found.appeals.exclude(state=State.WITHDRAWN).first()
    context = _shown(request, found) | {"form": form, "until": until, "made": former}
    context["late"] = until is None or until < clock.now()
    return render(request, "assessments/appeals/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(SEE_APPEALS)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: to read, to withdraw one's own, or to answer."""
    found = get_object_or_404(_related(Appeal.objects.visible_to(me(request))), pk=pk)
    answers = me(request).may(MARK) and Appeal.objects.answerable_by(me(request)).filter(pk=pk).exists()
    form = _answer_form(request, found) if answers and found.is_open else None
    if request.method == "POST" and form is None:
        return _closed(request, found, answers=answers)
    if form is not None and form.is_bound and form.is_valid() and _answered(request, found, form):
        return redirect("appeals")
    context = _shown(request, found.response) | {"appeal": found, "form": form, "now": clock.now()}
    status = 422 if form is not None and form.errors else 200
    return render(request, "assessments/appeals/detail.html", context, status=status)


def _closed(request: HttpRequest, found: Appeal, *, answers: bool) -> HttpResponse:
    """Nothing to answer here any more: say what came of it."""
    if not answers:
        raise PermissionDenied
    messages.warning(request, _("This appeal is closed: %(state)s.") % {"state": found.get_state_display()})
    return redirect("appeal", found.pk)


def _answer_form(request: HttpRequest, found: Appeal) -> AnswerForm:
    standing = found.response.markings.order_by("pk").last()
    initial = {key: value for key, value in typed(standing).items() if key != "comment"}
    return AnswerForm(posted(request), rubric=rubric_of(found.response), initial=initial)


def _answered(request: HttpRequest, found: Appeal, form: AnswerForm) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        if "uphold" in request.POST:
            actions.uphold(found, form.verdict(), reason=reason, by=me(request), at=clock.now())
        else:
            actions.dismiss(found, reason=reason, by=me(request), at=clock.now())
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, _("The appeal is answered, and %(name)s is told.") % {"name": _person(found)})
    return True


def _person(found: Appeal) -> str:
    return str(found.response.attempt.person)


@require_POST
@allowed(APPEAL)
def appeal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_related(Appeal.objects.of(me(request))), pk=pk)
    try:
        actions.withdraw(found, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Your appeal was withdrawn."))
    return redirect("appeal", found.pk)


def _shown(request: HttpRequest, response: Response) -> dict[str, Any]:
    """The question and the answer, as much of it as may be seen now."""
    viewer = me(request)
    see = reviewable(response.attempt, response.attempt.quiz, at=clock.now(), viewer=viewer)
    return {
        "response": response,
        "sheet": Sheet(response),
        "question": markdown.render(response.version.stem),
        "see": see,
        "mine": response.attempt.person_id == viewer.pk,
    }
