"""The analysis of one person: for the trainee, and for who cares for the trainee."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.acts import SEE_ANALYSIS, TAKE_QUIZZES
from assessments.analysis.reports import Report, report_on
from assessments.analysis.weighing import ENOUGH
from trainingsite.core import charts, clock
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

FEWEST_AXES = 3
TEMPLATE = "assessments/analysis/report.html"


@require_GET
@allowed(TAKE_QUIZZES)
def my_analysis(request: HttpRequest) -> HttpResponse:
    """What I am good at, and what I learn next."""
    return render(request, TEMPLATE, _context(me(request), me(request)))


@require_GET
@allowed(SEE_ANALYSIS)
def person_analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a person whose results I may see."""
    seen = User.objects.people().filter(records_seen_by(me(request), person="")).select_related("department")
    return render(request, TEMPLATE, _context(get_object_or_404(seen, pk=pk), me(request)))


def _context(person: User, viewer: User) -> dict[str, Any]:
    report = report_on(person, viewer=viewer, at=clock.now())
    return {
        "person": person,
        "mine": person.pk == viewer.pk,
        "report": report,
        "chart": _chart(report),
        "enough": ENOUGH,
    }


def _chart(report: Report) -> dict[str, Any] | None:
    """A radar from three competencies on; fewer make no area, so that they are bars."""
    found = {str(line.competency): line.strength.percent for line in report.known}
    if not found:
        return None
    if len(found) < FEWEST_AXES:
        return charts.bars(list(found), {_("Strength"): list(found.values())}, unit="%", target=ENOUGH, lying=True)
    return charts.radar(dict.fromkeys(found, 100), {_("Strength"): list(found.values())})
