"""Questions of an Excel workbook: one row each, on any of its sheets."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from assessments.exchange.archives import BROKEN, files_in
from assessments.exchange.formats.excel.columns import Row, heading_of
from assessments.exchange.formats.excel.rows import entry_of
from assessments.exchange.parsed import MAX_QUESTIONS, Draft, Parsed, Unmapped, unreadable
from assessments.exchange.texts import refuse_size, short_name
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

MAX_COLUMNS = 100
GUIDE = "说明"
# What openpyxl raises at a workbook that is broken within; XML that is broken is a SyntaxError of its parsers.
UNREADABLE = (
    *BROKEN,
    *(InvalidFileException, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, SyntaxError),
    UserWarning,
)


def read(data: bytes) -> Parsed:
    refuse_size(len(data))
    try:
        _refuse_bombs(data)
        return _read_book(_opened(data))
    except UNREADABLE as error:
        raise unreadable(_("The Excel file cannot be read; save it again as .xlsx.")) from error


def _opened(data: bytes) -> Any:
    """The workbook. A sheet that can't be found is only warned of by openpyxl; here the file is refused for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the others speak of styles and the like, which no question has
        warnings.filterwarnings("error", "File contains an invalid specification", UserWarning)
        return load_workbook(BytesIO(data), read_only=True, keep_links=False)


def _refuse_bombs(data: bytes) -> None:
    """Say no to what is not XML of Excel: entities, and more than it may be."""
    try:
        files = files_in(data)
    except Refused as refusal:
        if refusal.code == "no_zip":
            raise InvalidFileException from refusal
        raise
    for name, part in files.items():
        if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in part or b"<!ENTITY" in part):
            raise unreadable(_("The file defines entities or names a DTD; that is not taken."), "entities")


def _read_book(book: Any) -> Parsed:
    parsed, sheets = Parsed(), 0
    for sheet in book.worksheets:
        if sheet.title == GUIDE:
            continue
        rows = _rows(sheet, parsed)
        columns = next(rows, None)
        if columns is None or "kind" not in columns.values() or "stem" not in columns.values():
            if columns is not None:
                reason = _("A sheet without the columns 题型 and 题干 holds no questions.")
                parsed.unmapped.append(Unmapped(sheet.title, "", reason))
            continue
        sheets += 1
        _read_sheet(sheet.title, columns, rows, parsed)
    if not sheets:
        raise unreadable(_("There is no sheet with the columns 题型 (kind) and 题干 (stem)."), "columns")
    return parsed


def _rows(sheet: Any, parsed: Parsed) -> Iterator[Any]:
    """First the fields by column, then each row that says something."""
    columns: dict[int, str] = {}
    for line, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        row = Row(line)
        for number, cell in enumerate(cells, start=1):
            if cell.value is None:
                continue
            place = f"{sheet.title}!{get_column_letter(number)}{line}"
            _refuse_formula(cell, place, parsed)
            row.cells[str(number)], row.places[str(number)] = _text(cell.value), place
        if not any(row.cells.values()):
            continue
        if not columns:
            columns = {int(number): heading_of(text) for number, text in row.cells.items()}
            _note_unknown(row, columns, sheet.title, parsed)
            yield columns
        else:
            yield row


def _refuse_formula(cell: Any, place: str, parsed: Parsed) -> None:
    if cell.data_type == "f":
        message = _("This cell holds a formula; put its value there instead.")
        parsed.fault(place, message)


def _note_unknown(row: Row, columns: dict[int, str], title: str, parsed: Parsed) -> None:
    unknown = [text for number, text in row.cells.items() if text and not columns[int(number)]]
    if unknown:
        reason = _("These columns are not known: %(names)s.") % {"names": listed(unknown)[:300]}
        parsed.unmapped.append(Unmapped(title, "", reason, whole=False))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").strip()


def _read_sheet(title: str, columns: dict[int, str], rows: Iterator[Row], parsed: Parsed) -> None:
    for found in rows:
        fields = {name: number for number, name in columns.items() if name}
        row = Row(found.line)
        for name, number in fields.items():
            if text := found.cells.get(str(number)):
                row.cells[name], row.places[name] = text, found.places[str(number)]
        place = _("%(sheet)s, line %(n)s") % {"sheet": title, "n": row.line}
        if len(parsed.drafts) == MAX_QUESTIONS:
            raise unreadable(_("The file has more than %(n)s rows; split it.") % {"n": MAX_QUESTIONS})
        try:
            entry = entry_of(row)
        except Refused as refusal:
            parsed.fault(row.places.get(refusal.field or "", place), str(refusal.message))
            continue
        if entry:
            parsed.drafts.append(Draft(place, row.get("code") or short_name(entry["stem"]), entry))
