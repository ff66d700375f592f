"""HR puts a rule together, by mouse and by keyboard, at a desk and on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from courses.audiences.members import watch
from courses.models import Audience, AudienceMember
from tests.factories.courses import AssignmentFactory, AudienceFactory, ItemFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def hr(hire):
    hire(name="夜班甲", department="disputes", tags=["夜班"])
    hire(name="种子乙", department="sales", tags=["种子"])
    hire(name="普通丙", department="sales")
    return hire(Role.HR, department="centre", name="人力")


def count_of(page):
    return page.locator(".k-reach-count strong")


def group(page, number):
    return page.locator(f"#rule-{number}")


@pytest.mark.parametrize("phone", [False, True])
def test_any_and_not_by_mouse(open_as, hr, axe, phone, transactional_db):
    page = open_as(hr, "/audiences/new/", phone=phone)
    page.get_by_label("名称").fill("夜班和种子")

    root = group(page, 0)
    root.get_by_label("条件之间的关系").select_option("any")
    root.get_by_label("要添加的条件").select_option("tag")
    root.get_by_role("button", name="添加条件").click()
    page.get_by_label("夜班", exact=True).check()
    expect(count_of(page)).to_have_text("1")
    expect(page.locator(".k-reach-people")).to_contain_text("夜班甲")
    expect(page.locator(".k-reach-why").first).to_contain_text("标签：夜班")

    root.get_by_role("button", name="添加分组").last.click()
    inner = group(page, 2)
    inner.get_by_label("条件之间的关系").select_option("none")
    inner.get_by_label("要添加的条件").select_option("department")
    inner.get_by_role("button", name="添加条件").click()
    inner.get_by_label("客户服务中心").check()
    expect(page.locator(".k-reach")).to_contain_text("不含：客户服务中心")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile(r"/audiences/\d+/$"))
    saved = Audience.objects.get()
    assert saved.conditions["any"][0] == {"kind": "tag", "value": ["夜班"]}
    assert saved.conditions["any"][1]["not"]["kind"] == "department"
    assert axe(page) == []


def test_by_keyboard_alone_and_errors_at_the_condition(open_as, hr, axe, transactional_db):
    page = open_as(hr, "/audiences/new/")
    page.get_by_label("名称").focus()
    page.keyboard.type("夜班")

    page.get_by_label("要添加的条件").select_option("tag")
    page.get_by_label("要添加的条件").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("夜班", exact=True)).to_be_focused()
    group(page, 0).get_by_role("button", name="添加分组").press("Enter")
    expect(group(page, 2).get_by_label("要添加的条件")).to_be_focused()
    group(page, 2).get_by_role("button", name="删除分组").press("Enter")
    expect(page.locator("select[name='0-add']")).to_be_focused()

    page.get_by_role("button", name="保存").press("Enter")
    expect(page.locator(".k-rule-faulty .k-field-error")).to_contain_text("必填")
    assert (axe(page), Audience.objects.count()) == ([], 0)

    page.get_by_label("夜班", exact=True).press("Space")
    expect(count_of(page)).to_have_text("1")
    page.get_by_role("button", name="保存").press("Enter")
    expect(page).to_have_url(re.compile(r"/audiences/\d+/$"))
    assert Audience.objects.get().conditions == [{"kind": "tag", "value": ["夜班"]}]


def test_everybody_has_to_be_meant(open_as, hr, axe, transactional_db):
    page = open_as(hr, "/audiences/new/")
    page.get_by_label("名称").fill("全员")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".k-errors")).to_contain_text("全公司所有人都符合条件")

    page.get_by_label("我已确认").check()
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile(r"/audiences/\d+/$"))


@pytest.mark.parametrize("phone", [False, True])
def test_difference_is_seen_before_a_watched_audience_is_saved(open_as, hr, company, axe, phone, transactional_db):
    audience = AudienceFactory(name="售后", conditions=[{"kind": "department", "value": [company["care"].pk]}])
    programme = ItemFactory().stage.programme
    AssignmentFactory(audience=audience, programme=programme, standing=True, due_on=date(2199, 1, 1))
    watch(audience, at=clock.now())

    page = open_as(hr, f"/audiences/{audience.pk}/edit/", phone=phone)
    expect(page.locator(".k-difference")).to_contain_text("成员不变")
    page.get_by_label("售后服务部", exact=True).uncheck()
    page.get_by_label("售前服务部", exact=True).check()
    expect(page.locator(".k-difference")).to_contain_text("2 人加入")
    expect(page.locator(".k-difference")).to_contain_text("1 人离开")
    expect(page.locator(".k-difference")).to_contain_text("将新增 2 条学习安排，撤销 1 条")
    assert axe(page) == []

    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="最近几次核对")).to_be_visible()
    assert AudienceMember.objects.present().count() == 2
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
