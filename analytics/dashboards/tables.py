"""The tables of a dashboard, as a page shows them and as a file holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from analytics.dashboards.board import Board, Team
from analytics.dashboards.exports import csv_response
from analytics.dashboards.parts import Part
from analytics.dashboards.people import Person, everybody_of
from analytics.dashboards.values import Value, of_learning, of_readings
from analytics.rollups.figures import Measured


@dataclass(frozen=True)
class PersonRow:
    person: Person
    department: str
    values: list[Value]


def person_rows(board: Board, part: Part, people: list[Person]) -> list[PersonRow]:
    """People with their figures in the order of `headings`."""
    names = {one.pk: str(one) for one in [*part.below, *([part.department] if part.department else [])]}
    return [PersonRow(person, names.get(person.department_id or 0, ""), _values(board, person)) for person in people]


def _values(board: Board, person: Person) -> list[Value]:
    learned = [of_learning(metric, person.learning, board.target(metric)) for metric in board.training_metrics]
    measured: Mapping[int, Measured] = person.measured
    return learned + [
        of_readings(metric, measured.get(metric.pk, Measured()), board.target(metric))
        for metric in board.measured_metrics
    ]


def headings(board: Board) -> list[str]:
    return [str(metric) for metric in [*board.training_metrics, *board.measured_metrics]]


def export(table: str, board: Board, part: Part, teams: list[Team], *, on: date) -> HttpResponse:
    """The whole table as CSV: teams, or people."""
    if table == "teams":
        rows: list[list[Any]] = [[team.department, team.late, *_cells(team.values)] for team in teams]
        return csv_response("teams", [_("Team"), _("People overdue"), *_wide(board)], rows)
    people = person_rows(board, part, everybody_of(part, board.period, on=on).rows)
    rows = [
        [r.person.employee_number, r.person.name, r.department, r.person.overdue, *_cells(r.values)] for r in people
    ]
    named = [_("Employee number"), pgettext("person", "Name"), _("Department"), _("Overdue now")]
    return csv_response("people", [*named, *_wide(board)], rows)


def _wide(board: Board) -> list[str]:
    return [heading for name in headings(board) for heading in (name, f"{name} n")]


def _cells(values: list[Value]) -> list[Any]:
    """Figure and sample of each metric."""
    return [cell for value in values for cell in (_plain(value), value.n)]


def _plain(value: Value) -> float | str:
    return "" if value.number is None else round(value.number, 2)
