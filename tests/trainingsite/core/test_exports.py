from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from trainingsite.core.exports import csv_download


def text_of(response):
    return b"".join(response.streaming_content).decode()


def test_is_a_file_that_a_spreadsheet_reads_as_utf8():
    response = csv_download("people", ["姓名", "分数"], [["王小明", 92], [None, "a,b"]])

    assert response.headers["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert text_of(response) == '\ufeff姓名,分数\r\n王小明,92\r\n,"a,b"\r\n'


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_compute_stays_text(formula):
    assert f"'{formula}" in text_of(csv_download("x", ["a"], [[formula]])).replace('"', "")


def test_number_below_zero_stays_a_number():
    assert text_of(csv_download("x", ["a"], [[-5]])) == "\ufeffa\r\n-5\r\n"


def test_speaks_the_language_of_the_request_when_that_has_ended():
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    rows = ([str(gettext_lazy("Yes")), timezone.localtime(noon).hour] for _row in range(1))

    with translation.override("en"), timezone.override(ZoneInfo("America/New_York")):
        response = csv_download("x", ["a", "b"], rows)

    assert text_of(response) == "\ufeffa,b\r\nYes,8\r\n"
    assert translation.get_language() == "zh-hans"
