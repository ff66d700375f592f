"""An answer of who can cover something as a file: everybody who is able, in three kinds."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.matrix.coverage import Ask, Coverage, Found, said
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.people.models import Department

NAME = "competency-coverage"
KINDS: dict[str, str | Promise] = {
    "on_shift": gettext_lazy("On shift"),
    "free": gettext_lazy("Could be asked"),
    "away": gettext_lazy("Away"),
}


def headings(titles: Mapping[int, str], ask: Ask) -> list[str]:
    people = [_("person"), _("employee number"), _("department"), _("state"), _("shift"), _("not to be had")]
    levels = [text for key in ask.competencies for text in (titles[key], f"{titles[key]} · {_('pieces of evidence')}")]
    return [*people, *levels]


def lines(answer: Coverage, ask: Ask, departments: Mapping[int, Department]) -> Iterator[list[Any]]:
    for kind, label in KINDS.items():
        for found in getattr(answer, kind):
            yield _line(found, str(label), ask, departments)


def _line(found: Found, state: str, ask: Ask, departments: Mapping[int, Department]) -> list[Any]:
    person = found.person
    place = departments.get(person.department_id or 0)
    known = {each.competency: (each.level, each.pieces) for each in person.known}
    reasons = _("; ").join(f"{said([each.span])} {each.why}" for each in found.reasons)
    levels = [number for key in ask.competencies for number in known[key]]
    return [person.name, person.number, str(place or ""), state, said(found.shifts), reasons, *levels]


def as_csv(answer: Coverage, ask: Ask, titles: Mapping[int, str], places: Mapping[int, Department]) -> HttpResponseBase:
    return csv_download(NAME, headings(titles, ask), lines(answer, ask, places))


def as_excel(answer: Coverage, ask: Ask, titles: Mapping[int, str], places: Mapping[int, Department]) -> HttpResponse:
    return excel_download(NAME, _("Coverage"), headings(titles, ask), lines(answer, ask, places))
