from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.models import PlanningRule, SessionPlace
from courses.seats.actions import sign_up
from tests.factories.planning import SessionFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)


@pytest.fixture
def begin(db):
    """Ten o'clock in ten days."""
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)
    return timezone.localtime(clock.now()).replace(hour=10, minute=0, second=0, microsecond=0) + 10 * DAY


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") == 360


def test_trainees_on_phones_sign_up_wait_and_move_up_when_another_gives_up(open_as, hire, begin, axe):
    mei, rain = hire(Role.TRAINEE, name="陈小梅"), hire(Role.TRAINEE, name="林小雨")
    SessionFactory(title="情绪急救工作坊", entry="sign_up", capacity=1, starts_at=begin)
    SessionFactory(title="话术共创会", entry="sign_up", capacity=9, starts_at=begin + DAY, kind="team")

    first = open_as(mei, "/sessions/open/", phone=True)
    assert (axe(first), fits(first)) == ([], True)
    first.get_by_role("button", name="报名: 情绪急救工作坊").click()
    expect(first.get_by_text("你已报名成功")).to_be_visible()
    first.get_by_role("button", name="撤销: 情绪急救工作坊").click()
    expect(first.get_by_text("剩 1 个名额，共 1 个")).to_be_visible()
    first.get_by_role("button", name="报名: 情绪急救工作坊").click()
    expect(first.get_by_text("你已报名成功")).to_be_visible()
    assert (axe(first), fits(first)) == ([], True)

    second = open_as(rain, "/sessions/open/", phone=True)
    expect(second.get_by_text("名额已满，0 人候补")).to_be_visible()
    second.get_by_role("button", name="排队候补: 情绪急救工作坊").click()
    expect(second.get_by_text("候补第 1 位")).to_be_visible()
    second.goto("/sessions/mine/")
    expect(second.get_by_role("heading", name="候补中")).to_be_visible()
    assert (axe(second), fits(second)) == ([], True)

    first.goto("/sessions/mine/")
    first.get_by_role("link", name="让出名额: 情绪急救工作坊").click()
    expect(first.get_by_text("有 1 人在候补")).to_be_visible()
    assert (axe(first), fits(first)) == ([], True)
    first.get_by_label("原因").fill("当天要值班")
    first.get_by_role("button", name="让出我的名额").click()
    expect(first.get_by_text("你已退出“情绪急救工作坊”。")).to_be_visible()

    second.reload()
    expect(second.get_by_role("link", name="让出名额: 情绪急救工作坊")).to_be_visible()
    second.goto("/")
    expect(second.get_by_role("link", name="情绪急救工作坊", exact=True)).to_be_visible()
    assert fits(second)
    assert SessionPlace.objects.get(person=rain).seat == 1


def test_hr_keeps_the_line_and_decides_when_too_few_come(open_as, hire, begin, axe):
    hr = hire(Role.HR, department="centre", name="人力")
    session = SessionFactory(title="情绪急救工作坊", entry="sign_up", capacity=1, starts_at=begin)
    for name in ("甲", "乙", "丙"):
        sign_up(session, hire(name=name), at=clock.now())

    page = open_as(hr, f"/sessions/{session.pk}/")
    line = page.locator("#waiting").get_by_role("listitem")
    expect(line).to_have_count(2)
    assert axe(page) == []
    page.get_by_role("button", name="前移: 丙").click()
    expect(line.first).to_contain_text("丙")
    page.locator("#waiting").get_by_role("button", name="移出: 乙").click()
    expect(line).to_have_count(1)

    short = SessionFactory(
        title="话术共创会", entry="sign_up", minimum=4, minimum_by=begin, too_few_at=clock.now(), starts_at=begin + DAY
    )
    page.goto("/")
    page.get_by_role("link", name="话术共创会", exact=True).click()
    expect(page.get_by_text("人数不足：已有 0 人，至少需要 4 人。")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="延长报名时间").click()
    page.get_by_label("报名截止时间").fill(begin.strftime("%Y-%m-%dT18:00"))
    page.get_by_role("button", name="延期").click()
    expect(page.get_by_text("新的截止时间已生效。")).to_be_visible()
    short.refresh_from_db()
    assert short.too_few_at is None
