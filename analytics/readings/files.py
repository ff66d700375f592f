"""CSV files as people have them: with a BOM, from Excel, in GBK or UTF-16, with semicolons, with Chinese headings."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from django.utils.translation import gettext as _

from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

MAX_BYTES = 10_000_000
MAX_ROWS = 50_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ARCHIVE, PDF, OLD_EXCEL = b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0"
HEADINGS = {
    "metric": ("metric", "指标", "指標"),
    "employee_number": ("employee_number", "工号", "工號", "员工编号"),
    "external_id": ("external_id", "人事系统编号", "人事系統編號"),
    "department": ("department", "部门", "部门编号", "部門"),
    "day": ("day", "date", "日期"),
    "numerator": ("numerator", "分子"),
    "denominator": ("denominator", "分母"),
    "sample_size": ("sample_size", "n", "样本数", "樣本數", "样本量"),
}
FIELDS = {heading: name for name, headings in HEADINGS.items() for heading in headings}
NEEDED = ("metric", "day", "numerator", "denominator")
DAY = re.compile(r"(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?$")


@dataclass
class Sheet:
    """Rows by field name; `lines` are their line numbers in the file, `columns` the headings as they were written."""

    columns: dict[str, str]
    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def decode(data: bytes) -> str:
    """The text of the file; raises Refused with what to do when it is none."""
    if len(data) > MAX_BYTES:
        raise _refused(_("The file is larger than %(n)s MB; split it.") % {"n": MAX_BYTES // 1_000_000})
    if data.startswith((ARCHIVE, OLD_EXCEL)):
        raise _refused(_("This is an Excel workbook; save it as “CSV UTF-8” and upload that file."))
    encodings = ["utf-16"] if data.startswith(UTF_16) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not data.startswith(PDF):
            return text
    raise _refused(_("This is not a CSV file: its text cannot be read as UTF-8, UTF-16 or GBK."))


def read(text: str) -> Sheet:
    """The rows of the CSV text; raises Refused when columns or rows do not make a table of readings."""
    if not text.strip():
        raise _refused(_("The file is empty."))
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        columns = _columns(next(reader))
        sheet = Sheet({name: heading for name, heading in columns if name})
        for cells in reader:
            _add(sheet, [name for name, _heading in columns], cells, reader.line_num)
    except csv.Error as error:
        raise _refused(_("Line %(line)s is not CSV.") % {"line": reader.line_num}) from error
    if not sheet.rows:
        raise _refused(_("The file has headings and no row below them."))
    return sheet


def _delimiter(text: str) -> str:
    heading = text.lstrip().splitlines()[0]
    return max(",;\t,", key=heading.count)


def _columns(headings: list[str]) -> list[tuple[str, str]]:
    """Field name ("" for a column without heading) and heading of every column."""
    shown = [heading.strip() for heading in headings]
    unknown = [heading for heading in shown if heading and heading.casefold() not in FIELDS]
    columns = [(FIELDS.get(heading.casefold(), ""), heading) for heading in shown]
    names = [name for name, _heading in columns if name]
    missing = [HEADINGS[name][0] for name in NEEDED if name not in names]
    if unknown:
        raise _refused(_("Unknown columns: %(names)s.") % {"names": listed(unknown)[:200]})
    if missing:
        raise _refused(_("Columns are missing: %(names)s.") % {"names": listed(missing)})
    if len(names) != len(set(names)):
        raise _refused(_("A column appears twice."))
    return columns


def _add(sheet: Sheet, names: list[str], cells: list[str], line: int) -> None:
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise _refused(_("Line %(line)s has more cells than there are columns.") % {"line": line})
    if len(sheet.rows) >= MAX_ROWS:
        raise _refused(_("The file has more than %(n)s rows; split it.") % {"n": MAX_ROWS})
    sheet.rows.append(dict(_fields(names, cells)))
    sheet.lines.append(line)


def _fields(names: list[str], cells: list[str]) -> Iterator[tuple[str, str]]:
    for name, cell in zip(names, cells, strict=False):
        if name:
            yield name, _iso(cell.strip()) if name == "day" else cell.strip()


def _iso(text: str) -> str:
    """2026/3/1 and 2026年3月1日 as 2026-03-01; what is no date stays as it is, to be named in the error."""
    match = DAY.match(text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text


def _refused(message: str) -> Refused:
    return Refused(message, field="file", code="not_readings_csv")
