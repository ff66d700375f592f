"""Cells as the page writes them: thousands of them, so each is made of as little as possible."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from assessments.matrix.columns import Column
from assessments.matrix.table import Cell, Foot, Row
from assessments.profiles.fitting import Fit
from trainingsite.people.models import Department

NONE = "–"
DEEP = 2  # levels missing that stand out

Shown = tuple[str, str, str, str]  # css, address, what it says in words, text; all escaped
Said = dict[tuple[int, Cell], tuple[str, str, str]]  # the same cell of a column is written once


@dataclass(frozen=True)
class Line:
    """One person's row."""

    pk: int
    name: str
    department: str
    profile: str
    fit: Fit | None
    cells: list[Shown]


@dataclass(frozen=True)
class FootCell:
    """What stands below a column."""

    column: Column
    foot: Foot


def lines(
    rows: Sequence[Row], columns: Sequence[Column], departments: dict[int, Department], past: date | None
) -> list[Line]:
    """The rows of a page."""
    names = {pk: str(place) for pk, place in departments.items()}
    said: Said = {}
    return [
        Line(
            row.person.pk,
            row.person.name,
            names.get(row.person.job.department_id or 0, ""),
            row.wanted.title if row.wanted else "",
            row.fit,
            list(_cells(row, columns, said, past)),
        )
        for row in rows
    ]


def _cells(row: Row, columns: Sequence[Column], said: Said, past: date | None) -> Iterator[Shown]:
    before, between = _evidence()
    start, end = f"{before}{row.person.pk}{between}", f"/?on={past}" if past else "/"
    for column, cell in zip(columns, row.cells, strict=True):
        key = (column.pk, cell)
        if key not in said:
            said[key] = escape(_css(cell)), escape(words(column.title, cell)), escape(text(cell))
        css, full, short = said[key]
        yield css, mark_safe(f"{start}{column.pk}{end}"), full, short  # noqa: S308 - of numbers and a date


@cache
def _evidence() -> tuple[str, str]:
    """What the address of the evidence begins with, and what stands between its two numbers."""
    before, between, _end = reverse("competency-evidence", args=[0, 0]).split("0")
    return before, between


def text(cell: Cell) -> str:
    """On level 2 where 3 is needed: 2/3; where nothing is, 2."""
    level = NONE if cell.level is None else str(cell.level)
    return f"{level}/{cell.need}" if cell.need else level


def words(title: str, cell: Cell) -> str:
    """The cell in words."""
    values = {"competency": title, "level": cell.level, "need": cell.need, "n": cell.missing}
    if cell.level is None:
        sentence = (
            _("%(competency)s: no level yet, %(need)s needed") if cell.need else _("%(competency)s: no level yet")
        )
        return sentence % values
    if cell.missing:
        return _("%(competency)s: level %(level)s, %(need)s needed: %(n)s missing") % values
    if cell.need:
        return _("%(competency)s: level %(level)s, %(need)s needed: met") % values
    return _("%(competency)s: level %(level)s") % values


def _css(cell: Cell) -> str:
    if cell.missing:
        return "deep" if cell.missing >= DEEP else "gap"
    return "met" if cell.need else "free"
