import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from courses.models import Assignment, DueException, Enrolment, Programme
from courses.programmes.actions import assign_at_once
from courses.programmes.due import Due
from tests.factories.courses import CourseFactory, ProgrammeFactory
from trainingsite.core import clock
from trainingsite.core.jobs import actions as jobs
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.mark.parametrize("phone", [False, True])
def test_hr_walks_from_the_programme_to_its_exceptions(open_as, axe, hr, hire, phone):
    for title in ("退货规则", "安抚客户"):
        CourseFactory(title=title)
    today = clock.today()
    hire(name="新人", department="disputes", hired_on=today)
    hire(name="老人", department="care", hired_on=today - timedelta(days=900))
    page = open_as(hr, "/programmes/", phone=phone)

    # A programme of two courses, put into another order by keyboard.
    page.get_by_role("link", name="新建培养方案").first.click()
    page.get_by_label("标题").fill("新人培养")
    for title in ("退货规则", "安抚客户"):
        page.get_by_label("要添加的课程").select_option(label=title)
        page.get_by_role("button", name="添加").click()
    page.get_by_role("button", name="上移: 安抚客户").press("Enter")
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()
    expect(page.locator("ol.k-list .k-list-title")).to_have_text(["安抚客户", "退货规则"])
    assert axe(page) == []

    # Who: the live count follows the choice.
    page.get_by_role("link", name="分配").first.click()
    expect(page.locator(".k-reach-count")).to_have_text(re.compile(r"3\s+人"))
    expect(page.locator(".k-reach")).to_contain_text("这是全公司所有人")
    page.get_by_label("售后服务部").check()
    expect(page.locator(".k-reach-count")).to_have_text(re.compile(r"2\s+人"))
    expect(page.locator(".k-reach-people")).to_contain_text("老人")
    assert axe(page) == []
    page.get_by_role("button", name="下一步：何时完成").click()

    # By when: thirty days after being hired, which the older one cannot meet.
    page.get_by_label("入职后若干天").check()
    page.get_by_label("天数").fill("30")
    assert axe(page) == []
    page.get_by_role("button", name="下一步：核对").click()

    # Check, and do it.
    expect(page.locator(".k-sentence")).to_have_text(
        "2 人，1 人的截止日期无法满足，列入例外由你决定，新增 1 人 × 2 门课，入职后 30 天内完成。"
    )
    assert axe(page) == []
    page.get_by_role("button", name="立即分配").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+/"))
    jobs.run(Assignment.objects.get().job_id)
    page.get_by_role("link", name="继续").click(timeout=15_000)
    expect(page.get_by_role("link", name="去处理")).to_be_visible()
    assert axe(page) == []

    # The exception: extended, with the reason.
    page.get_by_role("link", name="去处理").click()
    assert axe(page) == []
    page.get_by_label("选择老人").check()
    page.get_by_label("原因").fill("老员工补训")
    page.get_by_label("截止日期", exact=True).fill((today + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="延期").click()
    expect(page.get_by_text("没有例外")).to_be_visible()
    assert (DueException.objects.get().resolution, Enrolment.objects.count()) == ("老员工补训", 4)


def test_due_date_in_the_past_is_said_at_the_field(open_as, hr, hire, company):
    hire()
    programme = ProgrammeFactory()
    programme.items.create(course=CourseFactory())
    page = open_as(hr, f"/programmes/{programme.pk}/assign/")
    page.get_by_role("button", name="下一步：何时完成").click()

    page.get_by_label("截止日期", exact=True).fill("2020-01-01")
    page.get_by_role("button", name="下一步：核对").click()

    expect(page.locator("[data-field=due_on] .k-field-error")).to_have_text("这个日期已过。")
    assert not Assignment.objects.exists()


def test_order_is_changed_by_drag(open_as, hr):
    for title in ("甲", "乙"):
        CourseFactory(title=title)
    page = open_as(hr, "/programmes/new/")
    page.get_by_label("标题").fill("新人培养")
    for title in ("甲", "乙"):
        page.get_by_label("要添加的课程").select_option(label=title)
        page.get_by_role("button", name="添加").click()

    grips = page.locator("[data-grip]")
    grips.nth(1).drag_to(grips.nth(0))
    expect(page.locator(".k-order .k-order-title")).to_have_text(["乙", "甲"])
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/programmes/\d+/$"))

    assert [item.course.title for item in Programme.objects.get().items.all()] == ["乙", "甲"]


def test_many_enrolments_are_chosen_and_extended(open_as, axe, hr, hire):
    today = clock.today()
    programme = ProgrammeFactory()
    programme.items.create(course=CourseFactory(title="退货规则"))
    for name in ("王芳", "李娜"):
        hire(name=name)
    audience = programme.assignments.model.audience.field.related_model.objects.create(conditions=[])
    from uuid import uuid4

    assign_at_once(programme, audience, by=hr, on=today, due=Due("fixed", on=today), token=uuid4())
    page = open_as(hr, "/enrolments/?q=王芳")
    page.get_by_label("选择本页全部").check()
    assert axe(page) == []

    page.get_by_role("button", name="延期").click()
    expect(page.locator(".k-sentence")).to_contain_text("1 条学习记录的截止日期")
    assert axe(page) == []
    page.get_by_label("新的截止日期").fill((today + timedelta(days=5)).isoformat())
    page.get_by_role("button", name="延期").click()

    expect(page.get_by_text("已调整 1 个截止日期。")).to_be_visible()
    assert dict(Enrolment.objects.values_list("person__name", "due_on"))["王芳"] == today + timedelta(days=5)
