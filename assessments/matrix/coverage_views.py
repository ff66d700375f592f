"""The page that answers who can cover something, and its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.acts import VIEW_MATRIX
from assessments.matrix import coverage_files as files
from assessments.matrix.columns import Column, columns
from assessments.matrix.coverage import Ask, Coverage, Found, Half, coverage, half_name, said
from assessments.matrix.coverage_forms import CoverageForm
from assessments.matrix.people import in_care
from trainingsite.core.days import company_day
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import Department, User

ICONS = {"on_shift": "user-check", "free": "user-search", "away": "user-x"}


@dataclass(frozen=True)
class Question:
    """A question with what it was read from."""

    form: CoverageForm
    titles: Mapping[int, str]
    places: Mapping[int, Department]
    today: date

    def answer(self, user: User) -> tuple[Ask, Coverage]:
        """What is asked, and the answer for the people in the user's care."""
        people = in_care(user, self.today)
        if place := self.form.place:
            people = people.in_department(place)
        ask = self.form.ask()
        return ask, coverage(people, ask, today=self.today)


def question(data: Any, *, at: datetime, every: Sequence[Column] | None = None) -> Question:
    """Read a question; without data its form is empty."""
    every, today = columns() if every is None else every, company_day(at)
    places = {row.pk: row for row in Department.objects.in_tree_order()}
    form = CoverageForm(data, every=every, departments=places, today=today)
    return Question(form, {column.pk: column.title for column in every}, places, today)


@require_GET
@allowed(VIEW_MATRIX)
def competency_coverage(request: HttpRequest) -> HttpResponse:
    """Choose what has to be covered, and see who can."""
    asked = _question(request)
    context: dict[str, Any] = {"form": asked.form}
    if asked.form.is_bound and asked.form.is_valid():
        context |= _shown(request, asked)
    status = 422 if asked.form.is_bound and asked.form.errors else 200
    return render(request, "assessments/matrix/coverage.html", context, status=status)


@require_GET
@allowed(VIEW_MATRIX)
def competency_coverage_csv(request: HttpRequest) -> HttpResponseBase:
    return _file(request).as_csv()


@require_GET
@allowed(VIEW_MATRIX)
def competency_coverage_excel(request: HttpRequest) -> HttpResponseBase:
    return _file(request).as_excel()


def _question(request: HttpRequest) -> Question:
    return question(request.GET if "competency" in request.GET else None, at=timezone.now())


def _file(request: HttpRequest) -> files.CoverageFile:
    """A file of a question that cannot be answered does not exist."""
    asked = _question(request)
    if not asked.form.is_bound or not asked.form.is_valid():
        raise Http404
    ask, answer = asked.answer(me(request))
    return files.CoverageFile(ask, answer, asked.form.place, asked.titles, asked.places)


def _shown(request: HttpRequest, asked: Question) -> dict[str, Any]:
    ask, answer = asked.answer(me(request))
    lists = [(kind, label, ICONS[kind], _people(getattr(answer, kind), asked)) for kind, label in files.KINDS.items()]
    return {
        "ask": ask,
        "titles": [asked.titles[key] for key in ask.competencies],
        "lists": lists,
        "able": sum(len(people) for _kind, _label, _icon, people in lists),
        "on_shift": len(answer.on_shift),
        "days": answer.days,
        "strip": _strip(answer.halves),
        "thin": any(half.thin for half in answer.halves),
        "query": request.GET.urlencode(),
    }


def _strip(halves: Sequence[Half]) -> list[tuple[str, list[Half]]]:
    """Two rows of half days."""
    rows = [[half for half in halves if half.afternoon == afternoon] for afternoon in (False, True)]
    return [(half_name(row[0]), row) for row in rows]


def _people(rows: Sequence[Found], asked: Question) -> list[dict[str, Any]]:
    return [
        {
            "pk": found.person.pk,
            "name": found.person.name,
            "department": asked.places.get(found.person.department_id or 0, ""),
            "shift": said(found.shifts),
            "reasons": [(said([each.span]), each.why) for each in found.reasons],
            "known": [(asked.titles[each.competency], each) for each in found.person.known],
        }
        for found in rows
    ]
