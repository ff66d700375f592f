import pytest
from playwright.sync_api import expect

from courses.competencies.actions import set_teaches
from courses.competencies.ready import load_ready_framework
from courses.models import Competency, Course, FrameworkVersion
from courses.prerequisites.actions import set_prerequisites
from tests.factories.courses import CourseFactory, EnrolmentFactory, TopicFactory, UnitFactory
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_takes_the_ready_framework_adds_a_competency_and_publishes(open_as, hire, axe):
    page = open_as(hire(Role.HR), "/competencies/")
    page.get_by_role("button", name="使用现成的能力模型").click()
    expect(page.get_by_role("heading", name="软技能")).to_be_visible()
    assert axe(page) == []

    page.get_by_role("link", name="在“软技能”中新建能力").click()
    page.get_by_label("标题", exact=True).fill("主动服务")
    for number, (title, text) in enumerate([("入门", "- 问到才答"), ("熟练", "- 提前告知发货时间")], start=1):
        page.get_by_label(f"第 {number} 级：名称").fill(title)
        page.get_by_label(f"第 {number} 级的人会这样做").fill(text)
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="熟练")).to_be_visible()

    page.goto("/competencies/")
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_label("更新内容").fill("首版")
    assert axe(page) == []
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("第 1 版已发布。")).to_be_visible()
    assert FrameworkVersion.objects.get().notes == "首版"

    trainee = open_as(hire(Role.TRAINEE), "/competencies/", phone=True)
    trainee.get_by_role("link", name="主动服务").click()
    expect(trainee.get_by_text("提前告知发货时间")).to_be_visible()
    assert axe(trainee) == []


def test_hr_says_what_a_course_needs_and_teaches_and_a_loop_is_named(open_as, hire, axe):
    load_ready_framework()
    topic = TopicFactory(title="投诉处理")
    first, second = (CourseFactory(title=title, topic=topic) for title in ("退货纠纷", "投诉闭环"))
    set_prerequisites(second, [first])
    page = open_as(hire(Role.HR), f"/courses/{first.pk}/edit/")

    page.get_by_text("更多设置").click()
    page.get_by_label("角色扮演").check()
    page.get_by_role("searchbox", name="搜索课程").fill("闭环")
    page.get_by_label("投诉闭环").check()
    page.get_by_label("能力与达到的等级 1").select_option(label="共情能力 · 3 熟练")
    page.get_by_role("button", name="添加一项能力").click()
    page.get_by_label("能力与达到的等级 2").select_option(label="打字速度 · 2 胜任")
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("退货纠纷 → 投诉闭环 → 退货纠纷").last).to_be_visible()
    assert axe(page) == []

    page.get_by_label("投诉闭环").uncheck()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("link", name="共情能力")).to_be_visible()
    course = Course.objects.get(pk=first.pk)
    assert (course.methods, course.teaches.count(), course.prerequisites.count()) == (["role_play"], 2, 0)
    assert axe(page) == []


def test_trainee_is_led_to_what_comes_first(open_as, hire, axe):
    first, second = (UnitFactory(course__title=title).course for title in ("退货纠纷", "投诉闭环"))
    set_prerequisites(second, [first])
    person = hire(Role.TRAINEE)
    held = EnrolmentFactory(person=person, course=second)
    page = open_as(person, f"/learn/{held.pk}/units/{second.units.get().pk}/", phone=True)

    expect(page.get_by_text("请先完成“退货纠纷”").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="现在就学").click()
    expect(page.get_by_role("heading", name="退货纠纷").first).to_be_visible()


def test_course_page_shows_what_it_teaches(open_as, hire):
    load_ready_framework()
    course = CourseFactory(title="听与问")
    set_teaches(course, [(Competency.objects.get(code="listening"), 2)])
    page = open_as(hire(Role.HR), f"/courses/{course.pk}/")

    expect(page.get_by_text("达到第 2 级：胜任")).to_be_visible()
