from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from trainingsite.core.errors import Refused
from trainingsite.core.tables import Sheet
from trainingsite.people.imports.files import read

TEXT = "工号,姓名,部门,员工状态\r\nE1,张伟,售后服务部,试用期\r\n\r\nE2,李娜,售前服务部,\r\n"
SHEET = Sheet(
    [
        {"employee_number": "E1", "name": "张伟", "department": "售后服务部", "status": "probation"},
        {"employee_number": "E2", "name": "李娜", "department": "售前服务部"},
    ],
    [2, 4],
)


def workbook(*rows):
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace("工号", "Employee Number").replace("姓名", "* 姓名").encode(),
    ],
    ids=["utf-8", "bom", "gbk", "utf-16", "semicolons", "tabs", "other headings"],
)
def test_csv_is_read_as_spreadsheets_write_it(data):
    assert read(data) == SHEET


def test_workbook_is_read_with_numbers_and_dates():
    data = workbook(["工号", "姓名", "部门", "入职日期"], [1001, "张伟", "售后服务部", date(2026, 3, 2)])

    assert read(data).rows == [
        {"employee_number": "1001", "name": "张伟", "department": "售后服务部", "hired_on": "2026-03-02"}
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (b"  \n ", "空"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "不是 Excel"),
        (b"%PDF-1.7 text", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0old excel", "不是 Excel"),
        (b"PK\x03\x04 some other archive", "另存为 .xlsx"),
        ("工号,姓名,部门\n".encode(), "没有数据"),
        ("工号,姓名\nE1,张伟\n".encode(), "部门"),
        ("工号,姓名,部门,星座\nE1,张伟,售后,白羊\n".encode(), "星座"),
        ("工号,姓名,部门,employee_number\nE1,张伟,售后,E1\n".encode(), "工号"),
        ('工号,姓名,部门\n"E1,张伟,售后\n'.encode(), "行"),
    ],
    ids=["empty", "blank", "picture", "pdf", "xls", "zip", "no rows", "missing", "unknown", "twice", "quotes"],
)
def test_what_is_no_such_file_is_refused_with_what_to_do(data, words, settings):
    from django.utils.translation import override

    with override("zh-hans"), pytest.raises(Refused) as caught:
        read(data)
    assert (caught.value.field, words in str(caught.value.message)) == ("file", True), caught.value.message
