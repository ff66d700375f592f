import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from courses.models import Assignment, DueException, Enrolment, Item, Participation, Programme
from courses.programmes.actions import assign_at_once
from courses.programmes.assigning import Terms
from courses.programmes.blueprints import lay_out
from courses.programmes.due import Due
from courses.programmes.versions import make_programme
from tests.factories.courses import AudienceFactory, CourseFactory, ProgrammeFactory, UnitFactory, add_courses
from trainingsite.core import clock
from trainingsite.core.jobs import actions as jobs
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


def course(code, title):
    made = CourseFactory(code=code, title=title)
    UnitFactory(course=made)
    return made


@pytest.mark.parametrize("phone", [False, True])
def test_hr_builds_a_programme_from_a_template_and_gives_it(open_as, axe, hr, hire, phone):
    course("empathy-and-emotion", "共情表达")
    course("crm-and-quick-replies", "快捷回复")
    course("closing", "月度小测")
    hire(name="新人", department="disputes")
    AudienceFactory(name="全体客服")
    page = open_as(hr, "/programmes/", phone=phone)

    # A template, and what it is called.
    page.get_by_role("link", name="新建培养方案").first.click()
    page.get_by_label("在岗月度专题").check()
    page.get_by_label("标题").fill("六月专题")
    assert axe(page) == []
    page.get_by_role("button", name="下一步：阶段").click()

    # Its stages, with a gap that is filled, and an item that is moved by keyboard.
    expect(page.locator(".p-stage")).to_have_count(2)
    expect(page.get_by_text("待选课程：月度测验")).to_have_count(2)
    assert axe(page) == []
    page.get_by_role("link", name="待选课程：月度测验").click()
    page.get_by_label("课程", exact=True).select_option(label="月度小测")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("发布前还需要处理")).to_have_count(0)
    page.get_by_role("button", name="上移“快捷回复”").press("Enter")
    expect(page.locator(".p-stage").nth(1).locator(".p-item-title").first).to_have_text("快捷回复")

    # On the calendar, from a real day.
    page.get_by_role("link", name="日历预览").click()
    page.get_by_label("第 1 天是").fill("2026-12-07")
    expect(page.locator("caption", has_text="2027年1月")).to_be_visible()
    expect(page.locator(".p-day-class")).to_have_text(["10:00 案例复盘会"])
    assert axe(page) == []
    page.go_back()
    page.goto(f"/programmes/{Programme.objects.get().pk}/stages/")

    # Who, when, check; then it is published and given.
    page.get_by_role("link", name="下一步：人员").click()
    page.locator("[name=audience-source][value=saved]").check()
    page.locator("[name=audience-saved]").select_option(label="全体客服")
    page.get_by_role("button", name="下一步：时间").click()
    page.get_by_label("每项内容在所属阶段最后一天到期").check()
    assert axe(page) == []
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.locator(".k-sentence")).to_contain_text("发布培养方案，")
    expect(page.locator(".k-sentence")).to_contain_text("各项内容在所属阶段结束时到期")
    assert axe(page) == []
    page.get_by_role("button", name="发布并分配").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+/"))
    jobs.run(Assignment.objects.get().job_id)
    page.get_by_role("link", name="继续").click(timeout=15_000)
    expect(page.get_by_role("row", name=re.compile("新人"))).to_contain_text("进行中")
    assert axe(page) == []


@pytest.fixture
def draft(db):
    made = make_programme(title="新人培养", by=None)
    course("returns", "退货规则")
    course("calm", "安抚客户")
    stages = [
        {"title": "授课", "days": [1, 5], "items": [{"course": "returns"}, {"course": "calm"}]},
        {"title": "跟岗", "days": [8, 21], "items": [{"wanted": "产品"}]},
    ]
    lay_out(made, 1, stages)
    return made


def test_item_is_dragged_into_another_stage(open_as, hr, draft):
    page = open_as(hr, f"/programmes/{draft.pk}/stages/")

    grip = page.locator(".p-item", has_text="退货规则").locator("[data-grip]")
    grip.drag_to(page.locator(".p-item", has_text="待选课程：产品"), target_position={"x": 40, "y": 4})

    expect(page.locator(".p-stage").nth(1).locator(".p-item")).to_have_count(2)
    expect(page.locator("[aria-live]").first).to_contain_text("“退货规则”现在是")
    assert Item.objects.filter(stage__title="跟岗").count() == 2


def test_stages_that_overlap_are_said_at_the_field(open_as, hr, draft):
    page = open_as(hr, f"/programmes/{draft.pk}/stages/")
    page.get_by_role("link", name="添加阶段").click()
    page.get_by_label("标题").fill("上岗")
    page.locator("[name=first_day]").fill("20")
    page.locator("[name=last_day]").fill("30")
    page.get_by_role("button", name="保存").click()

    expect(page.locator(".k-field-error")).to_have_text("与“跟岗”（第 8 至 21 天）重叠。")
    assert draft.stages.count() == 2


def test_hr_copies_a_programme(open_as, hr, draft):
    page = open_as(hr, f"/programmes/{draft.pk}/")
    page.get_by_role("link", name="复制").click()
    page.get_by_label("标题").fill("新人培养二期")
    page.get_by_role("button", name="生成副本").click()

    expect(page.locator(".p-stage")).to_have_count(2)
    assert Programme.objects.get(title="新人培养二期").status == "draft"


def test_exceptions_are_decided_together_with_the_reason(open_as, axe, hr, hire):
    today = clock.today()
    hire(name="老人", department="care", hired_on=today - timedelta(days=900))
    programme = ProgrammeFactory(title="新人培养")
    add_courses(programme, course("returns", "退货规则"))
    terms = Terms(Due("after_hire", days=30))
    assign_at_once(programme, AudienceFactory(), by=hr, on=today, terms=terms, token=uuid4())
    page = open_as(hr, "/programmes/exceptions/")
    assert axe(page) == []

    page.get_by_label("选择老人").check()
    page.get_by_role("textbox", name="原因").fill("老员工补训")
    page.get_by_label("截止日期", exact=True).fill((today + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="延期").click()
    expect(page.get_by_role("row", name=re.compile("老人"))).to_contain_text("算出的日期已过")
    page.get_by_role("button", name=re.compile("确定")).click()

    expect(page.get_by_label("选择老人")).to_have_count(0)
    found = DueException.objects.get(person__name="老人")
    assert (found.resolution, Enrolment.objects.filter(person__name="老人").count()) == ("老员工补训", 1)


@pytest.mark.parametrize("phone", [False, True])
def test_trainee_sees_the_stages_what_is_open_and_what_comes_later(open_as, axe, hr, hire, draft, phone):
    person = hire(name="新人", department="care")
    Item.objects.filter(object_id=None).update(object_id=course("products", "产品知识").pk)
    Programme.objects.update(status="published")
    terms = Terms(Due("stages"))
    draft.refresh_from_db()
    assign_at_once(draft, AudienceFactory(), by=hr, on=clock.today(), terms=terms, token=uuid4())
    page = open_as(person, "/", phone=phone)

    page.get_by_role("link", name="新人培养", exact=True).first.click()

    expect(page.locator(".p-leg")).to_have_count(2)
    expect(page.locator(".p-leg").first).to_contain_text("可以学")
    expect(page.locator(".p-leg").last).to_contain_text("稍后")
    assert axe(page) == []
    page.get_by_role("link", name="继续：退货规则").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("退货规则")
    assert Participation.objects.get(person=person).completed_at is None
