"""The pages of the question bank."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.acts import EDIT_QUESTIONS, VIEW_QUESTIONS
from assessments.questions.actions import restore_question, retire_question
from assessments.questions.filters import QuestionFilter
from assessments.questions.models import Question
from assessments.questions.shown import shown
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {
    "code": "code",
    "topic": "topic__path",
    "kind": "kind",
    "difficulty": "difficulty",
    "uses": "uses",
    "changed": "modified_at",
}


def _may(request: HttpRequest) -> dict[str, Any]:
    return {"may_edit": me(request).may(EDIT_QUESTIONS)}


def _listed(request: HttpRequest) -> QuestionFilter:
    bank = Question.objects.visible_to(me(request)).with_uses().select_related("topic", "current", "competency")
    return QuestionFilter(request.GET, queryset=sorted_by(request, bank, COLUMNS, "code"), request=request)


@require_GET
@allowed(VIEW_QUESTIONS)
def questions(request: HttpRequest) -> HttpResponse:
    filterset = _listed(request)
    context = {"filterset": filterset, "page": paginate(request, filterset.qs), "target": "#questions"} | _may(request)
    return render_page(request, "assessments/questions/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_QUESTIONS)
def questions_csv(request: HttpRequest) -> HttpResponseBase:
    headings = [_("code"), _("topic"), _("kind"), _("difficulty"), _("competency")]
    headings += [_("question"), _("explanation"), _("in quizzes")]
    rows = ([*_facts(q), v.stem, v.explanation, q.uses] for q in _listed(request).qs if (v := q.current))
    return csv_download("questions", headings, rows)


def _facts(q: Question) -> list[str]:
    return [q.code, str(q.topic), q.get_kind_display(), q.get_difficulty_display(), str(q.competency or "")]


@require_GET
@allowed(VIEW_QUESTIONS)
def question(request: HttpRequest, pk: int) -> HttpResponse:
    bank = Question.objects.visible_to(me(request)).select_related("topic", "current", "owner", "competency")
    found = get_object_or_404(bank, pk=pk)
    context = _may(request) | {
        "question": found,
        "current": shown(found.current, found.kind) if found.current else None,
        "versions": [shown(v, found.kind) for v in found.versions.select_related("author").order_by("-number")],
        "items": found.quiz_items.select_related("quiz__unit__course"),
    }
    return render(request, "assessments/questions/detail.html", context)


@require_POST
@allowed(EDIT_QUESTIONS)
def question_retire(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Question.objects.visible_to(me(request)), pk=pk)
    try:
        retire_question(found)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("question", found.pk)


@require_POST
@allowed(EDIT_QUESTIONS)
def question_restore(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Question.objects.visible_to(me(request)), pk=pk)
    restore_question(found)
    return redirect("question", found.pk)
