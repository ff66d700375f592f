from datetime import timedelta

import pytest
from playwright.sync_api import expect

from courses.refreshers.actions import materialise
from tests.factories.courses import CourseFactory, EnrolmentFactory, RefresherFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_trainee_sees_on_the_phone_what_to_do_now(open_as, axe, hire, theme):
    today = clock.today()
    trainee = hire(name="王芳")
    for title, due in (("七天无理由退货", today - DAY), ("安抚客户", today + DAY)):
        course = CourseFactory(title=title)
        UnitFactory(course=course, minutes=6)
        EnrolmentFactory(person=trainee, course=course, assigned_on=today - 9 * DAY, due_on=due)

    page = open_as(trainee, "/", phone=True, theme=theme)

    expect(page.get_by_role("heading", name="开始：七天无理由退货")).to_be_visible()
    expect(page.locator(".k-next")).to_contain_text("还剩 6 分钟")
    expect(page.locator(".k-list-title")).to_have_text(["七天无理由退货", "安抚客户"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []

    page.get_by_role("link", name="开始学习").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("phone", [False, True])
def test_hr_sees_who_falls_out_and_what_goes_on_by_itself(open_as, axe, hire, course, phone):
    today = clock.today()
    EnrolmentFactory(person=hire(), due_on=today - DAY, assigned_on=today - 9 * DAY)
    RefresherFactory(course=course, title="退货复训", starts_on=today + DAY)
    materialise(at=clock.now())

    page = open_as(hire(Role.HR, name="人力"), "/", phone=phone)

    expect(page.get_by_role("heading", name="谁掉队了")).to_be_visible()
    expect(page.get_by_role("link", name="退货复训").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= (360 if phone else 1280)
    assert axe(page) == []

    page.get_by_role("link", name="售后服务部").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert axe(page) == []
