import re

import pytest
from playwright.sync_api import Page, expect

from courses.curriculum.actions import add_unit
from courses.models import Course
from tests.factories.courses import CourseFactory, TopicFactory
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write_unit(page: Page, title: str, body: str) -> None:
    page.get_by_role("link", name="添加图文").click()
    page.get_by_role("textbox", name="标题").fill(title)
    page.get_by_label("分钟").fill("6")
    page.get_by_label("正文").fill(body)
    expect(page.locator("#preview")).to_contain_text("先查订单")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="单元")).to_be_visible()


def test_hr_makes_a_course_orders_its_units_by_keyboard_and_publishes_it(open_as, hire, axe):
    TopicFactory(title="平台规则")
    page = open_as(hire(Role.HR), "/courses/")
    page.get_by_role("link", name="新建课程").first.click()
    page.get_by_role("textbox", name="名称*", exact=True).fill("七天无理由退货")
    page.get_by_label("培训模块").select_option(label="平台规则")
    assert axe(page) == []
    page.get_by_role("button", name="保存并添加单元").click()

    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("alert")).to_contain_text("课程还没有单元")
    write_unit(page, "例外", "## 先查订单\n\n::: tip 记住\n定制商品不适用\n:::")
    write_unit(page, "规则", "## 先查订单\n\n| 说 | 不说 |\n|---|---|\n| 您好 | 喂 |")

    up = page.get_by_role("button", name="上移“规则”")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".c-unit-title")).to_have_text(["规则", "例外"])
    expect(page.locator("#outline [aria-live]")).to_have_text("“规则”现在排第 1，共 2 个。")
    expect(up).to_be_focused()
    assert axe(page) == []

    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布", exact=True)).to_be_visible()
    course = Course.objects.get()
    assert (course.status, course.code) == ("published", "qi-tian-wu-li-you-tui-huo")
    assert list(course.units.values_list("title", "minutes")) == [("规则", 6), ("例外", 6)]


def test_units_are_ordered_by_drag_and_drop(open_as, hire):
    course = CourseFactory(draft=True)
    for title in ("甲", "乙", "丙"):
        add_unit(course, kind="article", title=title, body="文")
    page = open_as(hire(Role.INSTRUCTOR), f"/courses/{course.pk}/")

    page.locator("[data-drag]").nth(2).hover()
    page.mouse.down()
    page.locator("[data-drag]").nth(0).hover()
    page.locator("[data-drag]").nth(0).hover(position={"x": 5, "y": 2})
    with page.expect_response(re.compile("/units/order/")):
        page.mouse.up()

    assert list(course.units.values_list("title", flat=True)) == ["丙", "甲", "乙"]


def test_what_is_typed_survives_a_reload_and_leaving_asks(open_as, hire):
    course = CourseFactory(draft=True)
    page = open_as(hire(Role.HR), f"/courses/{course.pk}/units/new/article/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_label("正文").press_sequentially("先查订单")
    page.reload()

    assert asked == ["beforeunload"]
    expect(page.get_by_label("正文")).to_have_value("先查订单")
    expect(page.locator("#preview")).to_contain_text("先查订单")


def test_removing_a_unit_asks_first(open_as, hire):
    course = CourseFactory(draft=True)
    add_unit(course, kind="article", title="规则", body="文")
    page = open_as(hire(Role.HR), f"/courses/{course.pk}/")

    page.get_by_role("button", name="移除“规则”").click()
    page.get_by_role("button", name="取消").click()
    assert course.units.count() == 1
    page.get_by_role("button", name="移除“规则”").click()
    page.get_by_role("dialog").get_by_role("button", name="移除").click()

    expect(page.get_by_text("还没有单元", exact=True)).to_be_visible()
    assert course.units.count() == 0


def test_list_is_filtered_without_a_new_page(open_as, hire, axe):
    CourseFactory(title="七天退货")
    CourseFactory(title="投诉处理", draft=True)
    page = open_as(hire(Role.HR), "/courses/")

    page.get_by_label("状态").select_option(label="草稿")

    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("status=draft"))
    page.get_by_role("link", name="状态: 草稿").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert axe(page) == []
