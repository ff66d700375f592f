"""Tables that people upload: an Excel workbook, or CSV from any spreadsheet, as rows by the name of a field."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

MAX_BYTES = 10_000_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OTHERS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")  # an old .xls is the second


@dataclass(frozen=True)
class Layout:
    """What stands in a table: the headings that each field may have, the fields that must be there, and limits.

    With `times` a day keeps its hour.
    """

    headings: Mapping[str, Sequence[str]]
    needed: Sequence[str]
    most_rows: int
    times: bool = False

    def names_of(self, headings: Sequence[str]) -> list[str]:
        """The field of each column, "" where there is none; unknown, missing and repeated headings are named."""
        fields = {word: name for name, words in self.headings.items() for word in (name, *words)}
        names = [fields.get(heading.lower().strip("* ").replace(" ", "_"), "") for heading in headings]
        if missing := [self.headings[name][0] for name in self.needed if name not in names]:
            words = {"missing": listed(missing), "found": listed(filter(None, headings))[:200]}
            raise refused(_("The first row needs the columns %(missing)s; it has: %(found)s.") % words)
        if unknown := [heading for heading, name in zip(headings, names, strict=True) if heading and not name]:
            text = _("These columns are not known: %(names)s. Remove or rename them.")
            raise refused(text % {"names": listed(unknown)})
        if twice := {name for name in names if name and names.count(name) > 1}:
            columns = listed(self.headings[name][0] for name in sorted(twice))
            raise refused(_("These columns are there twice: %(names)s.") % {"names": columns})
        return names


@dataclass
class Sheet:
    """Rows by field name, and the line of the file in which each stands; an empty cell of a field is left out."""

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read_table(data: bytes, layout: Layout) -> Sheet:
    """The rows of the file; raises Refused, which says what to do, when it is not such a table."""
    sheet, columns = Sheet(), None
    for line, cells in _cells_of(data, layout.times):
        texts = [text.strip() for text in cells]
        if not any(texts):
            continue
        if columns is None:
            columns = layout.names_of(texts)
            continue
        if len(sheet.rows) == layout.most_rows:
            raise refused(_("The file has more than %(n)s rows; split it.") % {"n": layout.most_rows})
        sheet.rows.append({name: text for name, text in zip(columns, texts, strict=False) if name and text})
        sheet.lines.append(line)
    if not sheet.rows:
        raise refused(_("The file has no row below its headings."))
    return sheet


def refused(message: str) -> Refused:
    return Refused(message, field="file", code="unreadable")


def _cells_of(data: bytes, times: bool) -> Iterator[tuple[int, list[str]]]:
    """The lines with their cells as texts, from either kind of file."""
    if len(data) > MAX_BYTES:
        raise refused(_("The file is larger than %(n)s MB; split it.") % {"n": MAX_BYTES // 1_000_000})
    if not data.strip():
        raise refused(_("The file is empty."))
    return _workbook(data, times) if data.startswith(b"PK\x03\x04") else _csv(data)


def _workbook(data: bytes, times: bool) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [cell.isoformat() if times and isinstance(cell, datetime) else _text(cell) for cell in row]
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError) as error:
        raise refused(_("This is not an Excel workbook that can be read; save it again as .xlsx.")) from error


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise refused(_("Line %(line)s is not CSV.") % {"line": reader.line_num}) from error


def _decoded(data: bytes) -> str:
    """CSV from Excel in China is GBK or UTF-16 as often as UTF-8."""
    for encoding in ["utf-16"] if data.startswith(UTF_16) else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not data.startswith(OTHERS):
            return text
    raise refused(_("This is neither an Excel workbook (.xlsx) nor a CSV file."))


def _delimiter(text: str) -> str:
    heading = text.lstrip().splitlines()[0]
    return max(",;\t", key=heading.count)
