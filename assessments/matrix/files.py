"""A matrix as a file: two columns a competency, the level and the one needed."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from assessments.matrix.book import Book
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.people.models import Department

NAME = "competency-matrix"


def file_name(name: str, day: date, department: Department | None) -> str:
    """What a file is called: of which day it is, and of which department if not of all."""
    place = re.sub(r'[\\/:*?"<>|\s]+', "_", str(department)) if department else ""
    return "-".join(filter(None, [name, day.isoformat(), place]))


def named(book: Book) -> str:
    """The file's name: which day it shows, and which department."""
    return file_name(NAME, book.day, book.department)


def titled(book: Book) -> str:
    """The sheet's title: of which day it is."""
    return f"{_('Competency matrix')} {book.day.isoformat()}"


def headings(book: Book) -> list[str]:
    people = [_("person"), _("employee number"), _("department"), _("Role profile")]
    levels = [text for column in book.shown for text in (column.title, f"{column.title} · {_('needed')}")]
    return [*people, *levels, _("Fit (%)"), _("Overall level")]


def lines(book: Book) -> Iterator[list[Any]]:
    names = {pk: str(place) for pk, place in book.departments.items()}
    for row in book.rows:
        whose = [row.person.name, row.person.number, names.get(row.person.job.department_id or 0, "")]
        levels = [number for cell in row.cells for number in cell]
        fit = [round(row.fit.percent, 1), row.fit.overall_level] if row.fit else [None, None]
        yield [*whose, row.wanted.title if row.wanted else "", *levels, *fit]


def as_csv(book: Book) -> HttpResponseBase:
    return csv_download(named(book), headings(book), lines(book))


def as_excel(book: Book) -> HttpResponse:
    return excel_download(named(book), titled(book), headings(book), lines(book))
