"""Files of busy times as a scheduling tool exports them: Excel or CSV, with Chinese headings or ours."""

from datetime import datetime

from django.db import transaction

from courses.planning.busy import MAX_ROWS, Plan, plan_busy_times, save_busy_times
from courses.planning.models import BusyImport
from trainingsite.core.outcome import Outcome
from trainingsite.core.tables import Layout, read_table
from trainingsite.people.models import User

HEADINGS = {
    "employee_number": ("工号", "工號", "员工编号", "员工号"),
    "starts_at": ("开始", "开始时间", "開始時間", "上班时间", "start"),
    "ends_at": ("结束", "结束时间", "結束時間", "下班时间", "end"),
    "kind": ("类型", "類型", "种类"),
    "source_key": ("编号", "编码", "來源編號", "排班编号"),
}
NEEDED = ("employee_number", "starts_at", "ends_at")
LAYOUT = Layout(HEADINGS, NEEDED, MAX_ROWS, times=True)


@transaction.atomic
def upload(data: bytes, name: str, *, by: User) -> BusyImport:
    """Read the file and keep its rows; nothing is changed yet."""
    sheet = read_table(data, LAYOUT)
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
