"""A mentee and a mentor prepare, hold and follow up a check-in on their phones."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mentoring.models import CheckIn, NextStep
from tests.factories.mentoring import CheckInFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


def narrow(page):
    return page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_talk_from_the_agenda_to_the_next_steps(transactional_db, open_as, axe, hire):
    today = clock.today()
    mentor, mentee = hire(Role.MENTOR, name="李静"), hire(name="王小明")
    pairing = PairingFactory(mentor=mentor, mentee=mentee, started_on=today - timedelta(days=14))
    CheckInFactory(pairing=pairing, due_on=today - timedelta(days=7), held=True, shared_note="一起复盘了三通电话")
    checkin = CheckInFactory(pairing=pairing, due_on=today)

    page = open_as(mentee, f"/mentoring/check-ins/{checkin.pk}/", phone=True)
    page.get_by_label("面谈议题").fill("想问夜班怎么排")
    page.get_by_role("button", name="添加议题").click()
    expect(page.get_by_role("button", name="移除议题： 想问夜班怎么排")).to_be_visible()
    page.get_by_role("button", name="独立处理简单退货", exact=True).click()  # suggested: an open step
    expect(page.get_by_role("button", name="移除议题： 独立处理简单退货")).to_be_visible()
    page.get_by_role("button", name="已完成： 独立处理简单退货").click()
    expect(page.get_by_text("还没有约定下一步。")).to_be_visible()
    page.get_by_label("私人备注").fill("怕被说慢")
    assert (axe(page), narrow(page)) == ([], True)
    page.get_by_role("button", name="保存备注").click()
    expect(page.get_by_text("备注已保存，其他人看不到。")).to_be_visible()

    guide = open_as(mentor, "/", phone=True)
    guide.get_by_role("navigation", name="常用").get_by_role("link", name="我的学员").click()
    assert (axe(guide), narrow(guide)) == ([], True)
    guide.get_by_role("link", name="议题 王小明").click()
    expect(guide.get_by_role("button", name="已谈到： 想问夜班怎么排")).to_be_visible()
    expect(guide.get_by_text("怕被说慢")).to_have_count(0)
    guide.get_by_role("link", name="记录面谈").click()
    guide.get_by_label("想问夜班怎么排").check()
    guide.get_by_label("面谈内容").fill("夜班从下月开始排")
    guide.get_by_label("符合预期").check()
    guide.get_by_label("下一步", exact=True).fill("写三张工单")
    assert (axe(guide), narrow(guide)) == ([], True)
    guide.get_by_role("button", name="保存面谈记录").click()
    expect(guide.get_by_text("与王小明的面谈已记录。")).to_be_visible()

    page.goto(f"/mentoring/check-ins/{checkin.pk}/")
    page.get_by_role("button", name="已完成： 写三张工单").click()
    expect(page.get_by_role("button", name="已完成： 写三张工单", pressed=True)).to_be_visible()
    assert axe(page) == []
    planned = CheckIn.objects.planned().get()
    assert [item.text for item in planned.agenda.all()] == ["独立处理简单退货"]
    assert NextStep.objects.open().count() == 0
