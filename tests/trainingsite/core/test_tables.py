"""Tables that people upload, whatever they hold; the kinds of files are tried with those of people."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from trainingsite.core.errors import Refused
from trainingsite.core.tables import Layout, Sheet, read_table

LAYOUT = Layout({"person": ("工号",), "starts": ("开始", "start"), "note": ("备注",)}, ("person", "starts"), 2)


def test_rows_come_by_field_with_the_lines_they_stand_in():
    data = "工号,Start,备注\n\nE1,2026-11-10,早班\n,,\nE2,2026-11-11,\n".encode()

    assert read_table(data, LAYOUT) == Sheet(
        [{"person": "E1", "starts": "2026-11-10", "note": "早班"}, {"person": "E2", "starts": "2026-11-11"}], [3, 5]
    )


@pytest.mark.parametrize(("times", "shown"), [(False, "2026-11-10"), (True, "2026-11-10T09:30:00")])
def test_a_moment_keeps_its_hour_where_hours_matter(times, shown):
    book, buffer = Workbook(), BytesIO()
    book.active.append(["工号", "开始"])
    book.active.append(["E1", datetime(2026, 11, 10, 9, 30)])  # noqa: DTZ001 - a workbook knows no zones
    book.save(buffer)

    layout = Layout(LAYOUT.headings, LAYOUT.needed, 2, times=times)
    assert read_table(buffer.getvalue(), layout).rows == [{"person": "E1", "starts": shown}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("工号,备注\nE1,x\n", "开始"),
        ("工号,开始,颜色\nE1,x,y\n", "颜色"),
        ("工号,开始,start\nE1,x,y\n", "开始"),
        ("工号,开始\n", "没有数据"),
        ("工号,开始\nE1,a\nE2,b\nE3,c\n", "超过 2 行"),
    ],
)
def test_what_is_no_such_table_is_refused_by_name(text, said):
    with pytest.raises(Refused, match=said) as refusal:
        read_table(text.encode(), LAYOUT)

    assert (refusal.value.field, refusal.value.code) == ("file", "unreadable")
