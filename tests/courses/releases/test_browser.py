import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from courses.curriculum.versions import start_version
from courses.enrolment.actions import complete_many, complete_unit, enrol
from courses.models import CourseVersion, Enrolment
from tests.factories.courses import MONDAY
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trainees(hire, returns):
    """One who has completed what learners have, one who stands in the middle of it."""
    done, middle = hire(Role.TRAINEE, name="李静"), hire(Role.TRAINEE, name="王芳")
    complete_many([(enrol(done, returns, on=MONDAY), clock.now() - timedelta(days=30))])
    begun = enrol(middle, returns, on=MONDAY)
    complete_unit(begun, returns.units.get(title="规则"), at=clock.now())
    return done, middle


def change_in_a_new_version(page, axe):
    page.get_by_role("button", name="新建版本").click()
    expect(page.get_by_role("link", name="第 2 版草稿")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="例外", exact=True).click()
    page.get_by_label("正文").fill("## 新的例外\n\n定制商品不适用。")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".c-unit-changed")).to_contain_text("有修改")
    assert axe(page) == []


def test_instructor_sends_a_change_and_hr_publishes_it_for_those_who_completed_it(
    open_as, hire, returns, trainees, axe
):
    done, middle = trainees
    page = open_as(hire(Role.INSTRUCTOR, name="陈老师"), f"/courses/{returns.pk}/")
    change_in_a_new_version(page, axe)
    page.get_by_role("button", name="提交审核").click()
    page.get_by_label("更新内容").fill("例外改写")
    page.get_by_role("dialog").get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("审核中 · 陈老师")).to_be_visible()

    page = open_as(hire(Role.HR), "/")
    page.get_by_role("link", name="七天无理由退货").first.click()
    expect(page.get_by_text("例外改写").first).to_be_visible()
    page.get_by_role("link", name="发布…").click()
    expect(page.get_by_text("正在学习旧版")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("只学有变动的单元").check()
    page.get_by_label("截止日期").fill((clock.today() + timedelta(days=14)).isoformat())
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布", exact=True).first).to_be_visible()
    assert list(CourseVersion.objects.values_list("number", "status", "notes")) == [
        (2, "published", "例外改写"),
        (1, "retired", ""),
    ]

    asked = Enrolment.objects.get(person=done, version=2)
    page = open_as(done, f"/learn/{asked.pk}/on/")
    expect(page.locator("article")).to_contain_text("定制商品不适用")
    page.get_by_role("button", name="学完了", exact=True).click()
    expect(page.get_by_text("“七天无理由退货”学完了。").first).to_be_visible()

    begun = Enrolment.objects.get(person=middle)
    page = open_as(middle, f"/learn/{begun.pk}/on/")
    expect(page.locator("article")).to_contain_text("先看订单")
    page.get_by_role("button", name="学完了", exact=True).click()
    expect(page.get_by_text("“七天无理由退货”学完了。").first).to_be_visible()
    begun.refresh_from_db()
    assert (begun.version, begun.completed_at is not None) == (1, True)


def test_hr_returns_a_draft_with_a_reason_and_the_author_is_told(open_as, hire, returns, axe):
    author = hire(Role.INSTRUCTOR, name="陈老师")
    page = open_as(author, f"/courses/{returns.pk}/")
    change_in_a_new_version(page, axe)
    page.get_by_role("button", name="提交审核").click()
    page.get_by_role("dialog").get_by_role("button", name="提交审核").click()

    desk = open_as(hire(Role.HR), f"/courses/{returns.pk}/")
    desk.get_by_role("button", name="退回").click()
    desk.get_by_label("需要修改的内容").fill("缺少话术")
    desk.get_by_role("dialog").get_by_role("button", name="退回").click()
    expect(desk.get_by_text("草稿已退回给编写人。")).to_be_visible()

    page.goto("/notices/")
    expect(page.get_by_text("草稿被退回：缺少话术").first).to_be_visible()
    page.goto(f"/courses/{returns.pk}/")
    expect(page.get_by_text("缺少话术").first).to_be_visible()


def test_draft_is_ordered_by_key_and_by_drag_and_learners_keep_theirs(open_as, hire, returns):
    start_version(returns, by=None, at=clock.now())
    page = open_as(hire(Role.INSTRUCTOR), f"/courses/{returns.pk}/")

    page.get_by_role("link", name="例外", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#outline [aria-live]")).to_have_text("“例外”现在排第 1，共 2 个。")
    expect(page.get_by_role("button", name="上移“例外”")).to_be_focused()
    expect(page.locator(".c-unit-title")).to_have_text(["例外", "规则"])
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".c-unit-title")).to_have_text(["规则", "例外"])

    page.locator("[data-drag]").nth(1).hover()
    page.mouse.down()
    page.locator("[data-drag]").nth(0).hover()
    page.locator("[data-drag]").nth(0).hover(position={"x": 5, "y": 2})
    with page.expect_response(re.compile("/units/order/")):
        page.mouse.up()
    expect(page.locator(".c-unit-title")).to_have_text(["例外", "规则"])

    page.get_by_role("link", name="学员现用版本").click()
    expect(page.locator(".c-unit-title")).to_have_text(["规则", "例外"])


def test_change_is_taken_back_and_a_unit_put_back(open_as, hire, returns, axe):
    page = open_as(hire(Role.HR), f"/courses/{returns.pk}/")
    change_in_a_new_version(page, axe)

    page.get_by_role("button", name="将“例外”恢复为学员现有内容").click()
    expect(page.locator(".c-unit-changed")).to_have_count(0)
    page.get_by_role("button", name="移除“规则”").click()
    page.get_by_role("dialog").get_by_role("button", name="移除").click()
    expect(page.locator(".c-unit-removed")).to_contain_text("已移除")
    page.get_by_role("button", name="将“规则”恢复为学员现有内容").click()
    expect(page.locator(".c-unit-title")).to_have_text(["规则", "例外"])
