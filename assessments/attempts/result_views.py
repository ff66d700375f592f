"""The results of everybody whom one may see."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.acts import VIEW_RESULTS
from assessments.attempts.filters import ResultFilter
from assessments.attempts.models import Attempt
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {
    "person": "person__sort_key",
    "course": "quiz__unit__course__title",
    "score": "score",
    "time": "submitted_at",
    "attempt": "number",
}


def _listed(request: HttpRequest) -> ResultFilter:
    seen = Attempt.objects.graded().visible_to(me(request)).exclude(person=me(request))  # the own stand with the quiz
    shown = seen.select_related("person__department", "quiz__unit__course")
    return ResultFilter(request.GET, queryset=sorted_by(request, shown, COLUMNS, "-time"), request=request)


@require_GET
@allowed(VIEW_RESULTS)
def results(request: HttpRequest) -> HttpResponse:
    filterset = _listed(request)
    page = paginate(request, filterset.qs)
    context = {"filterset": filterset, "page": page, "target": "#results", "sort": "-time"}
    return render_page(request, "assessments/attempts/results.html", context, partial="rows")


@require_GET
@allowed(VIEW_RESULTS)
def results_csv(request: HttpRequest) -> HttpResponseBase:
    headings = [_("person"), _("employee number"), _("department"), _("course"), _("quiz"), _("attempt")]
    headings += [_("score (%)"), _("passed"), _("submitted at")]
    return csv_download("results", headings, _rows(_listed(request)))


def _rows(filterset: ResultFilter) -> Iterator[list[Any]]:
    for attempt in filterset.qs.iterator(chunk_size=2000):
        person, unit = attempt.person, attempt.quiz.unit
        yield [
            person.name,
            person.employee_number,
            str(person.department or ""),
            str(unit.course),
            str(unit),
            attempt.number,
            attempt.score,
            _("yes") if attempt.passed else _("no"),
            timezone.localtime(attempt.submitted_at).strftime("%Y-%m-%d %H:%M"),
        ]
