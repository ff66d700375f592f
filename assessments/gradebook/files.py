"""A gradebook as a file: CSV as it is written, and an Excel workbook."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.gradebook.books import Book
from assessments.gradebook.matrix import Cell, Row
from trainingsite.core.exports import csv_download, excel_download

STATES: dict[str, str | Promise] = {
    "passed": gettext_lazy("passed"),
    "below": gettext_lazy("not passed"),
    "marking": gettext_lazy("waits to be marked"),
    "going": pgettext_lazy("quiz", "being taken"),
    "abandoned": gettext_lazy("abandoned"),
}


def headings(book: Book) -> list[str]:
    """Two columns a quiz: the score and the state."""
    people = [_("person"), _("employee number"), _("department")]
    quizzes = [text for column in book.columns for text in (f"{column.title} (%)", f"{column.title} · {_('state')}")]
    return [*people, *quizzes, _("mean (%)"), _("passed"), _("of")]


def cells(row: Row, department: str, words: Mapping[str, str]) -> list[Any]:
    """One line; a number stays a number."""
    results = [value for cell in row.cells for value in _result(cell, words)]
    mean = None if row.mean is None else round(row.mean, 2)
    return [row.name, row.employee_number, department, *results, mean, row.passed, len(row.cells)]


def _result(cell: Cell | None, words: Mapping[str, str]) -> tuple[float | None, str]:
    if cell is None:
        return None, ""
    state = words[cell.state]
    return cell.score, f"{state} · {words['appeal']}" if cell.appealed else state


def _lines(rows: Iterable[Row], departments: Mapping[int, str]) -> Iterable[list[Any]]:
    words = {name: str(text) for name, text in STATES.items()} | {"appeal": _("appeal open")}
    return (cells(row, departments.get(row.department_id or 0, ""), words) for row in rows)


def as_csv(book: Book, rows: Sequence[Row], departments: Mapping[int, str]) -> StreamingHttpResponse:
    return csv_download(_name(book), headings(book), _lines(rows, departments))


def as_excel(book: Book, rows: Sequence[Row], departments: Mapping[int, str]) -> HttpResponse:
    return excel_download(_name(book), _("Gradebook"), headings(book), _lines(rows, departments))


def _name(book: Book) -> str:
    return f"gradebook-{book.subject.code}"
