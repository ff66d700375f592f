"""A trainee applies on a phone, the supervisor approves, tasks are ticked off, both evaluate; a plan is agreed on."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mentoring.development.models import DevelopmentPlan
from mentoring.rotation.models import Rotation
from tests.factories.courses import CompetencyFactory
from tests.factories.growth import OfferFactory, PlanActionFactory, PlanFactory, PlannedTaskFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def people(transactional_db, hire):
    supervisor = hire(Role.SUPERVISOR, department="care", name="赵主管")
    agent, host = hire(department="disputes", name="王小明"), hire(department="sales", name="周敏")
    return agent, host, supervisor


def test_rotation_from_the_application_to_the_evaluation(open_as, axe, people, company):
    agent, host, supervisor = people
    today = clock.today()
    days = {"begins_on": today, "ends_on": today, "apply_by": today}
    offer = OfferFactory(host=host, department=company["sales"], title="售前轮岗", **days)
    PlannedTaskFactory(offer=offer, text="旁听接待", after_days=0)
    CompetencyFactory(title="同理心")

    page = open_as(agent, "/rotations/", phone=True)
    assert axe(page) == []
    page.get_by_role("link", name="售前轮岗").click()
    page.get_by_label("申请理由").fill("想学售前推荐")
    assert (axe(page), page.evaluate("document.documentElement.scrollWidth")) == ([], 360)
    page.get_by_role("button", name="申请").click()
    expect(page.get_by_text("待审批").first).to_be_visible()

    desk = open_as(supervisor, "/rotations/")
    desk.get_by_role("link", name="王小明").first.click()
    desk.get_by_label("批准", exact=True).check()
    assert axe(desk) == []
    desk.get_by_role("button", name="保存决定").click()
    expect(desk.get_by_text("已批准，已通知本人和接收人。")).to_be_visible()

    page.reload()
    page.get_by_role("button", name="标记完成").click()
    hosting = open_as(host, Rotation.objects.get().get_absolute_url())
    hosting.get_by_role("button", name="确认").first.click()
    expect(hosting.get_by_role("img", name="已确认")).to_be_visible()

    hosting.get_by_role("link", name="填写评价").click()
    hosting.get_by_label("评价", exact=True).fill("沟通很稳")
    hosting.get_by_label("★★★★", exact=True).check()
    hosting.get_by_label("同理心").select_option("80")
    assert axe(hosting) == []
    hosting.get_by_role("button", name="提交评价").click()
    expect(hosting.get_by_text("感谢评价，已通知对方。")).to_be_visible()

    page.reload()
    page.get_by_role("link", name="填写评价").click()
    page.get_by_label("评价", exact=True).fill("学到很多")
    page.get_by_label("★★★★★", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("沟通很稳")).to_be_visible()
    assert (Rotation.objects.get().state, axe(page)) == ("finished", [])


def test_plan_is_agreed_by_both_on_a_phone(open_as, axe, people):
    agent, _host, supervisor = people
    today = clock.today()
    plan = PlanFactory(person=agent, partner=supervisor, begins_on=today, ends_on=today + timedelta(days=364))
    PlanActionFactory(plan=plan, due_on=today + timedelta(days=30))

    page = open_as(agent, "/development/mine/", phone=True, theme="dark")
    assert (axe(page), page.evaluate("document.documentElement.scrollWidth")) == ([], 360)
    page.get_by_role("button", name="确认计划").click()
    expect(page.get_by_text("待确认人确认")).to_be_visible()

    other = open_as(supervisor, "/development/", phone=True)
    assert axe(other) == []
    other.get_by_role("link", name="王小明").click()
    other.get_by_role("button", name="确认计划").click()
    expect(other.get_by_text("双方已确认").first).to_be_visible()
    assert (axe(other), DevelopmentPlan.objects.get().state) == ([], "agreed")
