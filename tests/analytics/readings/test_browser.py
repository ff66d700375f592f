"""HR brings readings in from a file."""

import pytest

from analytics.models import Reading
from tests.factories.analytics import ready_metrics
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GOOD = "指标,工号,日期,分子,分母\n客户满意度,E1,2026-03-02,46,50\n"
BAD = "投诉率,E9,2026-03-02,1,52\n"


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_hr_sees_the_wrong_row_and_records_the_corrected_file(open_as, axe, hire, phone):
    ready_metrics()
    hire(employee_number="E1")
    page = open_as(hire(Role.HR), "/readings/upload/", phone=phone)
    assert axe(page) == []
    send(page, GOOD + BAD)
    assert "3" in page.get_by_role("row").filter(has_text="E9").first.inner_text()
    assert axe(page) == []
    assert Reading.objects.count() == 0
    page.get_by_role("link", name="换一个文件").click()
    send(page, GOOD)
    page.get_by_role("button", name="确认入库").click()
    page.get_by_text("数据已入库").wait_for()
    assert [(str(r.metric), r.numerator) for r in Reading.objects.all()] == [("客户满意度", 46)]


def test_workbook_is_refused_at_the_field(open_as, axe, hire):
    ready_metrics()
    page = open_as(hire(Role.HR), "/readings/upload/")
    page.set_input_files("input[type=file]", {"name": "a.xlsx", "mimeType": "text/csv", "buffer": b"PK\x03\x04"})
    page.get_by_role("button", name="检查文件").click()
    page.locator(".k-field-error", has_text="CSV UTF-8").wait_for()
    assert axe(page) == []


def send(page, text):
    """A file as Excel on a Chinese Windows writes it."""
    page.set_input_files("input[type=file]", {"name": "三月.csv", "mimeType": "text/csv", "buffer": text.encode("gbk")})
    page.get_by_role("button", name="检查文件").click()
    page.wait_for_url("**/readings/upload/*/")
