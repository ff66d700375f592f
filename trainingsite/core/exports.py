"""Lists as CSV files that a spreadsheet opens in one click, and as Excel workbooks."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the text is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_download(name: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download of the rows; texts that a spreadsheet would compute are kept as texts."""
    response = StreamingHttpResponse(_as_now(_lines(headings, rows)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = _attached(f"{name}.csv")
    return response


def excel_download(name: str, title: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A workbook with one sheet, its headings and first column held still; texts never become formulas."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "B2"
    sheet.append([_bold(sheet, str(heading)) for heading in headings])
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
    file = BytesIO()
    workbook.save(file)
    headers = {"Content-Disposition": _attached(f"{name}.xlsx")}
    return HttpResponse(file.getvalue(), content_type=EXCEL, headers=headers)


def _attached(name: str) -> str:
    """The header that offers a file by its name, in any script."""
    return str(content_disposition_header(as_attachment=True, filename=name))


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=_safe(text))
    cell.font = Font(bold=True)
    return cell


def _lines(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    yield writer.writerow([str(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([_safe(cell) for cell in row])


def _as_now(lines: Iterator[str]) -> Iterator[str]:
    """The lines in the language and time zone of the request, which has ended when the server asks for them."""
    language, zone = translation.get_language(), timezone.get_current_timezone()
    return _within(lines, language or settings.LANGUAGE_CODE, zone)


def _within(lines: Iterator[str], language: str, zone: tzinfo) -> Iterator[str]:
    while True:
        with translation.override(language), timezone.override(zone):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _safe(cell: Any) -> Any:
    """A text that starts like a formula gets an apostrophe before it (OWASP, CSV injection)."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
