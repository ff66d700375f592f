"""The pages of the statistics: all quizzes, one quiz, one question."""

from typing import Any

from django.db.models import FloatField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.acts import VIEW_STATISTICS
from assessments.questions.models import Question
from assessments.statistics import figures, graphs
from assessments.statistics.filters import TallyFilter
from assessments.statistics.flags import FEWEST
from assessments.statistics.models import QuizTally
from assessments.statistics.shown import MEANINGS, consistency_level, listed, report_of, rows_of, said
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {
    "quiz": "quiz__unit__title",
    "course": "quiz__unit__course__title",
    "people": "attempts",
    "mean": "mean",
    "consistency": "consistency",
    "to_mend": "to_mend",
}
FIGURES = (
    "n",
    "facility",
    "sd",
    "discrimination",
    "efficiency",
    "intended_weight",
    "effective_weight",
    "guess",
)


@require_GET
@allowed(VIEW_STATISTICS)
def statistics(request: HttpRequest) -> HttpResponse:
    """Every quiz that somebody has taken."""
    tallies = listed().annotate(
        mean=Cast(KT("figures__mean"), FloatField()), consistency=Cast(KT("figures__consistency"), FloatField())
    )
    filterset = TallyFilter(request.GET, sorted_by(request, tallies, COLUMNS, "-to_mend"), request=request)
    page = paginate(request, filterset.qs)
    context = {"filterset": filterset, "page": page, "target": "#quizzes", "sort": "-to_mend"}
    return render_page(request, "assessments/statistics/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_STATISTICS)
def quiz_statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """One quiz: how the people did, and how its questions did."""
    tally = _tally(pk)
    rows, found = rows_of(tally.quiz), figures.of_quiz(tally)
    context = {
        "tally": tally,
        "quiz": tally.quiz,
        "figures": found,
        "consistency": consistency_level(found),
        "rows": rows,
        "flagged": [(row, [said(flag) for flag in row.flags]) for row in rows if row.to_mend],
        "few": sum(bool(row.flags) and not row.to_mend for row in rows),
        "fewest": FEWEST,
        "histogram": graphs.histogram(figures.totals_of(tally.quiz_id), tally.quiz.pass_mark),
        "scatter": graphs.scatter(rows),
        "scatter_table": graphs.scatter_table(rows),
        "meanings": MEANINGS,
    }
    return render_page(request, "assessments/statistics/quiz.html", context)


@require_GET
@allowed(VIEW_STATISTICS)
def quiz_statistics_csv(request: HttpRequest, pk: int) -> HttpResponseBase:  # noqa: ARG001 - a view
    tally = _tally(pk)
    headings = [_("code"), _("version"), _("question"), _("answers"), _("facility (%)"), _("standard deviation (%)")]
    headings += [_("discrimination (%)"), _("discriminative efficiency (%)"), _("intended weight (%)")]
    headings += [_("effective weight (%)"), _("random guess (%)"), _("what is noticed")]
    rows = (
        [
            *(row.question.code, row.version, row.title),
            *(getattr(row.figures, name) for name in FIGURES),
            "；".join(said(flag).text for flag in row.flags),
        ]
        for row in rows_of(tally.quiz)
    )
    return csv_download(f"statistics-{tally.quiz.unit.slug}", headings, rows)


@require_GET
@allowed(VIEW_STATISTICS)
def question_statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """One question over all quizzes; the question's own page asks for the part without the frame."""
    bank = Question.objects.visible_to(me(request)).select_related("current")
    question = get_object_or_404(bank, pk=pk)
    context: dict[str, Any] = {"question": question, "report": report_of(question), "alone": not request.htmx}  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return render_page(request, "assessments/statistics/question.html", context, partial="report")


def _tally(pk: int) -> QuizTally:
    found = QuizTally.objects.select_related("quiz__unit__course").prefetch_related("quiz__items")
    return get_object_or_404(found, quiz=pk)
