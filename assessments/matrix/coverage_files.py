"""An answer of who can cover something as a file: everybody who is able, in three kinds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.matrix.coverage import Ask, Coverage, Found, said
from assessments.matrix.files import file_name
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


@dataclass(frozen=True)
class CoverageFile:
    """A question, its answer and the department that was chosen; called after the day and the department."""

    ask: Ask
    answer: Coverage
    place: Department | None
    titles: Mapping[int, str]
    places: Mapping[int, Department]

    @property
    def name(self) -> str:
        return file_name(NAME, self.ask.day, self.place)

    @property
    def rows(self) -> tuple[list[str], Iterator[list[Any]]]:
        return headings(self.titles, self.ask), lines(self.answer, self.ask, self.places)

    def as_csv(self) -> HttpResponseBase:
        return csv_download(self.name, *self.rows)

    def as_excel(self) -> HttpResponse:
        return excel_download(self.name, f"{_('Coverage')} {self.ask.day.isoformat()}", *self.rows)
