"""Files of busy times as a scheduling tool exports them: Excel or CSV, with Chinese headings or ours."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.planning.busy import MAX_ROWS, Plan, plan_busy_times, save_busy_times
from courses.planning.models import BusyImport
from trainingsite.core.errors import Refused
from trainingsite.core.outcome import Outcome
from trainingsite.people.imports.files import cells_of
from trainingsite.people.models import User

HEADINGS = {
    "employee_number": ("工号", "工號", "员工编号", "员工号"),
    "starts_at": ("开始", "开始时间", "開始時間", "上班时间", "start"),
    "ends_at": ("结束", "结束时间", "結束時間", "下班时间", "end"),
    "kind": ("类型", "類型", "种类"),
    "source_key": ("编号", "编码", "來源編號", "排班编号"),
}
WORDS = {word: name for name, words in HEADINGS.items() for word in (name, *words)}
NEEDED = ("employee_number", "starts_at", "ends_at")


@dataclass
class Sheet:
    """Rows by field name, and the line of the file in which each stands."""

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read(data: bytes) -> Sheet:
    """The busy times in the file; raises Refused, which says what to do, when it is not such a file."""
    sheet, columns = Sheet(), None
    for line, cells in cells_of(data, times=True):
        texts = [text.strip() for text in cells]
        if not any(texts):
            continue
        if columns is None:
            columns = _columns(texts)
            continue
        if len(sheet.rows) == MAX_ROWS:
            raise _refused(_("The file has more than %(n)s rows; split it.") % {"n": MAX_ROWS})
        sheet.rows.append({name: text for name, text in zip(columns, texts, strict=False) if name and text})
        sheet.lines.append(line)
    if not sheet.rows:
        raise _refused(_("The file has no row below its headings."))
    return sheet


def _columns(headings: Iterable[str]) -> list[str]:
    shown = list(headings)
    names = [WORDS.get(heading.lower().strip("* ").replace(" ", "_"), "") for heading in shown]
    unknown = [heading for heading, name in zip(shown, names, strict=True) if heading and not name]
    if missing := [HEADINGS[name][0] for name in NEEDED if name not in names]:
        words = {"missing": "、".join(missing), "found": "、".join(filter(None, shown))[:200]}
        raise _refused(_("The first row needs the columns %(missing)s; it has: %(found)s.") % words)
    if unknown:
        text = _("These columns are not known: %(names)s. Remove or rename them.")
        raise _refused(text % {"names": "、".join(unknown)})
    return names


def _refused(message: str) -> Refused:
    return Refused(message, field="file", code="unreadable")


@transaction.atomic
def upload(data: bytes, name: str, *, by: User) -> BusyImport:
    """Read the file and keep its rows; nothing is changed yet."""
    sheet = read(data)
    return BusyImport.objects.create(owner=by, file_name=name[-200:], rows=sheet.rows, lines=sheet.lines)


def preview(upload: BusyImport) -> Plan:
    """What applying would do, row by row."""
    return plan_busy_times(upload.rows)


@transaction.atomic
def apply(upload: BusyImport, *, at: datetime) -> Outcome:
    """Take all rows or none; a repeat finds the file applied and changes nothing."""
    found = BusyImport.objects.select_for_update().get(pk=upload.pk)
    if found.applied_at:
        return Outcome(unchanged=len(found.rows))
    outcome = save_busy_times(found.rows)
    BusyImport.objects.filter(pk=found.pk).update(applied_at=at, rows=[], lines=[])
    return outcome
