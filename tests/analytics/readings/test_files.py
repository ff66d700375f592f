import pytest

from analytics.readings.files import MAX_BYTES, Sheet, decode, read
from trainingsite.core.errors import Refused

CHINESE = "指标,工号,日期,分子,分母\n客户满意度,E00001,2026/3/2,46,50\n"
ROW = {
    "metric": "客户满意度",
    "employee_number": "E00001",
    "day": "2026-03-02",
    "numerator": "46",
    "denominator": "50",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_common_encoding_gives_the_same_rows(encoding):
    sheet = read(decode(CHINESE.encode(encoding)))
    assert (sheet.rows, sheet.lines) == ([ROW], [2])


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_semicolons_and_tabs_part_columns_too(delimiter):
    assert read(CHINESE.replace(",", delimiter)).rows == [ROW]


def test_headings_are_kept_as_they_were_written():
    assert read(CHINESE).columns == dict(zip(ROW, ["指标", "工号", "日期", "分子", "分母"], strict=True))


def test_blank_lines_are_passed_over_and_lines_keep_their_numbers():
    sheet = read(CHINESE + "\n,,,,\n客户满意度,E00002,2026年3月2日,1,2\n")
    assert (sheet.lines, sheet.rows[1]["day"]) == ([2, 5], "2026-03-02")


def test_short_line_lacks_fields_and_is_left_to_the_check_of_rows():
    sheet = read(CHINESE + "客户满意度,E00002\n")
    assert sheet.rows[1] == {"metric": "客户满意度", "employee_number": "E00002"}


def test_empty_columns_without_heading_are_passed_over():
    assert read(CHINESE.replace("分母\n", "分母,\n").replace("50\n", "50,\n")).rows == [ROW]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 a workbook",
        b"\xd0\xcf\x11\xe0 an old workbook",
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xfe\x00",
        b"\xff\xff\xff\xff",
        b"x" * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_csv_is_refused(data):
    with pytest.raises(Refused) as refused:
        decode(data)
    assert (refused.value.field, refused.value.code) == ("file", "not_readings_csv")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        ("   \n\n", "empty"),
        ("指标,工号,日期,分子,分母\n", "no row"),
        ("name,age\nWang,30\n", "name, age"),
        ("metric,day\nsatisfaction,2026-03-02\n", "numerator, denominator"),
        ("metric,metric,day,numerator,denominator\na,a,2026-03-02,1,2\n", "twice"),
        ("metric,day,numerator,denominator\na,2026-03-02,1,2,3\n", "Line 2"),
        ('metric,day,numerator,denominator\n"a"b,2026-03-02,1,2\n', "Line 2"),
    ],
)
def test_what_is_no_table_of_readings_is_refused_in_words(text, word, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(Refused) as refused:
        read(text)
    assert word in str(refused.value.message)


def test_more_rows_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr("analytics.readings.files.MAX_ROWS", 2)
    with pytest.raises(Refused):
        read(CHINESE + CHINESE.splitlines()[1] + "\n" + CHINESE.splitlines()[1])


def test_sheet_starts_empty():
    assert Sheet({}).rows == []
