"""The list of the question bank."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.acts import EDIT_QUESTIONS, VIEW_QUESTIONS
from assessments.questions.categories import ways
from assessments.questions.filters import QuestionFilter
from assessments.questions.flags import sentences
from assessments.questions.models import Question
from trainingsite.core.exports import csv_download
from trainingsite.core.markdown import plain
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {
    "code": "code",
    "topic": "topic__path",
    "kind": "kind",
    "difficulty": "difficulty",
    "status": "status",
    "uses": "uses",
    "changed": "modified_at",
}


def _listed(request: HttpRequest) -> QuestionFilter:
    bank = Question.objects.visible_to(me(request)).with_uses()
    bank = bank.select_related("topic", "category", "current", "competency__group")
    return QuestionFilter(request.GET, queryset=sorted_by(request, bank, COLUMNS, "code"), request=request)


@require_GET
@allowed(VIEW_QUESTIONS)
def questions(request: HttpRequest) -> HttpResponse:
    """What the filters find; who may edit chooses rows, or all of them, to be changed together."""
    filterset = _listed(request)
    page = paginate(request, filterset.qs)
    said = sentences([question.pk for question in page])
    for question in page:
        question.said = said.get(question.pk, [])
    context = {
        "filterset": filterset,
        "page": page,
        "target": "#questions",
        "sort": "code",
        "may_edit": me(request).may(EDIT_QUESTIONS),
    }
    return render_page(request, "assessments/questions/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_QUESTIONS)
def questions_csv(request: HttpRequest) -> HttpResponseBase:
    headings = [_("code"), _("topic"), _("category"), _("tags"), _("kind"), _("difficulty"), _("status")]
    headings += [_("competency"), _("language"), _("source"), _("question"), _("explanation"), _("in quizzes")]
    shelves = ways()
    rows = (_row(question, shelves) for question in _listed(request).qs.select_related("owner"))
    return csv_download("questions", headings, rows)


def _row(question: Question, shelves: dict[int, str]) -> list[Any]:
    version = question.current
    return [
        question.code,
        str(question.topic),
        shelves.get(question.category_id or 0, ""),
        ", ".join(question.tags),
        question.get_kind_display(),
        question.get_difficulty_display(),
        question.get_status_display(),
        str(question.competency or ""),
        question.language,
        question.source,
        plain(version.stem) if version else "",
        plain(version.explanation) if version else "",
        question.uses,  # type: ignore[attr-defined]  # annotated by with_uses
    ]
