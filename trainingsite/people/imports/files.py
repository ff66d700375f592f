"""Files of people as HR has them: an Excel workbook, or CSV from any spreadsheet, with Chinese headings or ours."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from trainingsite.core.errors import Refused
from trainingsite.people.hr_sync.batch import MAX_ROWS

MAX_BYTES = 10_000_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OTHERS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")  # an old .xls is the second
HEADINGS = {
    "employee_number": ("工号", "工號", "员工编号", "员工号"),
    "name": ("姓名", "名字"),
    "department": ("部门", "部門", "所属部门", "部门编号"),
    "position": ("岗位", "职位", "崗位", "職位"),
    "hired_on": ("入职日期", "入職日期", "入职时间"),
    "status": ("员工状态", "状态", "在职状态", "狀態"),
    "email": ("邮箱", "电子邮箱", "邮件", "郵箱", "e-mail"),
    "manager": ("上级", "直属上级", "上級", "直属上级工号", "上级工号"),
    "grade": ("职级", "職級", "级别"),
    "tags": ("标签", "標籤"),
    "left_on": ("离职日期", "離職日期"),
    "username": ("用户名", "登录名", "帳號", "账号"),
    "name_latin": ("英文名", "拼音名"),
    "locale": ("语言", "語言"),
    "time_zone": ("时区", "時區"),
    "external_id": ("人事系统编号", "人事系統編號"),
}
FIELDS = {word: name for name, words in HEADINGS.items() for word in (name, *words)}
NEEDED = ("employee_number", "name", "department")
STATUSES = {
    "试用期": "probation", "试用": "probation", "正式": "regular", "在职": "regular", "转正": "regular",
    "休假": "on_leave", "请假": "on_leave", "停薪留职": "on_leave", "离职": "left",
}  # fmt: skip


@dataclass
class Sheet:
    """Rows by field name, and the line of the file in which each stands."""

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read(data: bytes) -> Sheet:
    """The people in the file; raises Refused, which says what to do, when it is not such a file."""
    return _sheet(cells_of(data))


def cells_of(data: bytes, *, times: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table with their cells as texts, from either kind of file; with `times` days keep their hour."""
    if len(data) > MAX_BYTES:
        raise _refused(_("The file is larger than %(n)s MB; split it.") % {"n": MAX_BYTES // 1_000_000})
    if not data.strip():
        raise _refused(_("The file is empty."))
    return _workbook(data, times) if data.startswith(b"PK\x03\x04") else _csv(data)


def _refused(message: str) -> Refused:
    return Refused(message, field="file", code="unreadable")


def _workbook(data: bytes, times: bool) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [cell.isoformat() if times and isinstance(cell, datetime) else _text(cell) for cell in row]
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError) as error:
        raise _refused(_("This is not an Excel workbook that can be read; save it again as .xlsx.")) from error


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
        raise _refused(_("Line %(line)s is not CSV.") % {"line": reader.line_num}) from error


def _decoded(data: bytes) -> str:
    """CSV from Excel in China is GBK or UTF-16 as often as UTF-8."""
    for encoding in ["utf-16"] if data.startswith(UTF_16) else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not data.startswith(OTHERS):
            return text
    raise _refused(_("This is neither an Excel workbook (.xlsx) nor a CSV file."))


def _delimiter(text: str) -> str:
    heading = text.lstrip().splitlines()[0]
    return max(",;\t", key=heading.count)


def _sheet(cells: Iterable[tuple[int, list[str]]]) -> Sheet:
    sheet, columns = Sheet(), None
    for line, row in cells:
        texts = [text.strip() for text in row]
        if not any(texts):
            continue
        if columns is None:
            columns = _columns(texts)
            continue
        if len(sheet.rows) == MAX_ROWS:
            raise _refused(_("The file has more than %(n)s rows; split it.") % {"n": MAX_ROWS})
        sheet.rows.append(_row(columns, texts))
        sheet.lines.append(line)
    if not sheet.rows:
        raise _refused(_("The file has no row below its headings."))
    return sheet


def _columns(headings: list[str]) -> list[str]:
    """The field of each column; unknown and missing headings are named."""
    names = [FIELDS.get(heading.lower().strip("* ").replace(" ", "_"), "") for heading in headings]
    unknown = [heading for heading, name in zip(headings, names, strict=True) if heading and not name]
    missing = [HEADINGS[name][0] for name in NEEDED if name not in names]
    if missing:
        words = {"missing": "、".join(missing), "found": "、".join(filter(None, headings))[:200]}
        raise _refused(_("The first row needs the columns %(missing)s; it has: %(found)s.") % words)
    if unknown:
        raise _refused(
            _("These columns are not known: %(names)s. Remove or rename them.") % {"names": "、".join(unknown)}
        )
    if twice := {name for name in names if name and names.count(name) > 1}:
        columns = "、".join(HEADINGS[name][0] for name in sorted(twice))
        raise _refused(_("These columns are there twice: %(names)s.") % {"names": columns})
    return names


def _row(columns: list[str], texts: list[str]) -> dict[str, str]:
    """The cells by field; an empty one of a field that need not be there says nothing."""
    row = {name: text for name, text in zip(columns, texts, strict=False) if name and (text or name in NEEDED)}
    if "status" in row:
        row["status"] = STATUSES.get(row["status"], row["status"])
    return {name: row.get(name, "") for name in NEEDED} | row
