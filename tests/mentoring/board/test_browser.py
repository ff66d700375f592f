from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mentoring.models import CheckIn, Pairing
from tests.mentoring.board.conftest import make_plan
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def pairs(couple, hire):
    """吴刚 is at risk, 周红 late, 王小明 on track; 王小明's mentor has a login."""
    today = clock.today()
    begin = today - timedelta(days=10)
    guide = hire(Role.MENTOR, name="李静")
    made = []
    for name, due, tasks in (("吴刚", -9, [(1, 2)]), ("周红", -2, []), ("王小明", 2, [(2, 3)])):
        mentee = hire(name=name)
        plan = make_plan(mentee, started_on=begin, tasks=tasks)
        fields = {"plan": plan, "started_on": begin, "due": today + timedelta(days=due)}
        made.append(couple(mentee=mentee, mentor=guide if name == "王小明" else None, **fields))
    return made


def test_a_supervisor_reminds_a_pair_at_risk_on_a_phone(open_as, axe, hire, pairs):
    supervisor = hire(Role.SUPERVISOR, name="赵主管")
    page = open_as(supervisor, "/mentoring/board/", phone=True)
    row = page.get_by_role("row").filter(has_text="吴刚")
    expect(row).to_contain_text("第 1 周有 2 项任务未签核")
    expect(row).to_contain_text("面谈逾期 9 天")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []

    page.get_by_role("button", name="立即提醒 吴刚").click()

    expect(page.get_by_text("已提醒 2 人。")).to_be_visible()
    expect(row).to_contain_text("今天已提醒")
    assert Notice.objects.filter(kind="pairing_reminder").count() == 2

    page.get_by_role("link", name="滞后").click()
    expect(page.get_by_role("row").filter(has_text="周红")).to_be_visible()
    expect(row).to_have_count(0)


def test_a_mentee_signs_at_one_tap_and_the_mentor_after(open_as, axe, pairs):
    pairing = Pairing.objects.select_related("mentee", "mentor", "plan").get(pk=pairs[-1].pk)
    page = open_as(pairing.mentee, "/", phone=True)
    page.get_by_role("button", name="我已完成 任务2-0").click()
    expect(page.get_by_text("任务2-0")).to_have_count(0)
    assert axe(page) == []

    page = open_as(pairing.mentor, "/", phone=True)
    page.get_by_role("button", name="签核 任务2-0").click()

    expect(page.get_by_text("没有待签核的任务。")).to_be_visible()
    assert axe(page) == []
    assert pairing.plan.tasks.get(text="任务2-0").done_on == clock.today()
    assert CheckIn.objects.planned().count() == 3
