"""A supervisor finds out who can cover Sunday, and looks through the matrix."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from assessments.matrix.coverage_forms import next_sunday
from tests.assessments.matrix.standing import levels
from tests.factories.planning import BusyTimeFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rated(desk, empathy, disputes):
    levels([(person, empathy, 3) for person in desk.values()])
    levels([(desk["安琪"], disputes, 3), (desk["边城"], disputes, 3), (desk["蔡明"], disputes, 1)])
    return desk


def test_a_supervisor_asks_who_can_cover_sunday(open_as, axe, hire, rated):
    begin = datetime.combine(next_sunday(clock.today()), time(14), ZoneInfo("Asia/Shanghai"))
    BusyTimeFactory(person=rated["边城"], period=(begin, begin + timedelta(hours=8)))
    page = open_as(hire(Role.SUPERVISOR), "/competency-coverage/", phone=True)
    page.get_by_label("售后纠纷").check()
    page.get_by_role("button", name="查询").click()
    page.wait_for_url("**competency=**")
    on_shift = page.locator("section, .card").filter(has=page.get_by_role("heading", name="在班", exact=True))
    assert "边城" in on_shift.last.inner_text()
    assert "14:00–22:00" in on_shift.last.inner_text()
    assert page.locator(".m-strip .thin").count() == 14
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not page.get_by_label("售后纠纷").is_visible()
    page.locator(".m-fold summary").click()
    assert page.get_by_label("售后纠纷").is_checked()


@pytest.mark.parametrize(("phone", "theme"), [(False, "light"), (True, "dark")])
def test_a_supervisor_looks_through_the_matrix(open_as, axe, hire, rated, phone, theme):
    page = open_as(hire(Role.SUPERVISOR, name="主管"), "/competency-matrix/", phone=phone, theme=theme)
    assert page.locator(".m-table tbody tr").count() == 4
    assert axe(page) == []
    if phone:
        page.get_by_text("更多筛选").click()
    page.get_by_label("只看有差距的人").check()
    page.locator(".m-table tbody tr").nth(1).wait_for(state="detached")
    assert page.locator(".m-table tbody th").inner_text().startswith("蔡明")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="1/2").click()
    page.wait_for_url(f"**/people/{rated['蔡明'].pk}/competencies/**")
