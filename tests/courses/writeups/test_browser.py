import pytest
from playwright.sync_api import expect

from courses.models import WriteUp
from tests.factories.practice import TEXT, enrolled, handed_in, write_up_unit
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unit(db):
    return write_up_unit()


def study(enrolment, unit):
    return f"/learn/{enrolment.pk}/write-ups/{unit.pk}/"


def test_trainee_writes_on_a_phone_and_goes_on_where_he_stopped(open_as, hire, axe, unit):
    trainee = hire(Role.TRAINEE)
    enrolment = enrolled(trainee, unit)
    page = open_as(trainee, study(enrolment, unit), phone=True)
    page.get_by_label("你的作业").fill("我先道歉，再核对订单。")
    expect(page.get_by_text("已保存")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    page = open_as(trainee, study(enrolment, unit), phone=True)
    expect(page.get_by_label("你的作业")).to_have_value("我先道歉，再核对订单。")
    page.get_by_role("button", name="提交作业").click()
    expect(page.get_by_text("至少 20 字").first).to_be_visible()
    page.get_by_label("你的作业").fill(TEXT)
    page.get_by_role("button", name="提交作业").click()

    expect(page.get_by_text("已提交，等待批阅")).to_be_visible()
    assert axe(page) == []
    assert WriteUp.objects.get().text == TEXT


def test_second_window_is_told_and_overwrites_nothing(open_as, hire, unit):
    trainee = hire(Role.TRAINEE)
    enrolment = enrolled(trainee, unit)
    first, second = (open_as(trainee, study(enrolment, unit)) for _window in range(2))
    first.get_by_label("你的作业").fill("第一个窗口")
    expect(first.get_by_text("已保存")).to_be_visible()

    second.get_by_label("你的作业").fill("第二个窗口")

    expect(second.get_by_text("这份作业已在另一个窗口修改")).to_be_visible()
    assert WriteUp.objects.get().text == "第一个窗口"


def test_grader_returns_it_and_lets_the_revision_pass(open_as, hire, axe, unit):
    trainee, hr = hire(Role.TRAINEE, name="林小雨"), hire(Role.HR, name="人力")
    enrolment = enrolled(trainee, unit)
    handed_in(enrolment, unit)
    page = open_as(hr, "/")
    page.get_by_role("link", name="破损商品投诉").first.click()
    assert axe(page) == []
    page.get_by_role("group", name="事实梳理").get_by_text("2 · 合格").click()
    page.get_by_role("group", name="改进建议").get_by_text("0 · 缺失").click()
    page.get_by_label("总评").fill("请补上规则依据。")
    page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_text("作业已退回给林小雨。")).to_be_visible()
    expect(page.get_by_text("没有待批阅的作业")).to_be_visible()

    page = open_as(trainee, study(enrolment, unit), phone=True)
    expect(page.get_by_text("请补上规则依据。").first).to_be_visible()
    assert axe(page) == []
    page.get_by_label("你的作业").fill(TEXT + "依据是售后规则第七条。")
    page.get_by_role("button", name="提交作业").click()
    expect(page.get_by_text("已提交，等待批阅")).to_be_visible()

    page = open_as(hr, "/write-ups/")
    assert axe(page) == []
    page.get_by_role("link", name="林小雨").click()
    for name in ("事实梳理", "改进建议"):
        page.get_by_role("group", name=name).get_by_text("4 · 优秀").click()
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_text("林小雨的作业已通过，得分 100.00%。")).to_be_visible()

    page = open_as(trainee, study(enrolment, unit), phone=True)
    expect(page.get_by_text("已通过，得分 100%")).to_be_visible()
    assert list(WriteUp.objects.order_by("number").values_list("state", flat=True)) == ["returned", "graded"]


def test_author_makes_a_rubric(open_as, hire, axe):
    page = open_as(hire(Role.ASSESSOR), "/rubrics/")
    assert axe(page) == []
    page.get_by_role("link", name="新建评分标准").first.click()
    page.get_by_label("标题").fill("复盘报告")
    for number in (2, 1):
        page.get_by_role("button", name=f"删除评分项 {number + 1}").click()
    page.get_by_label("评分项", exact=True).fill("根因分析")
    page.get_by_label("权重（%）").fill("100")
    assert axe(page) == []
    page.get_by_role("button", name="保存").last.click()

    expect(page.get_by_role("heading", name="复盘报告")).to_be_visible()
    expect(page.get_by_text("根因分析")).to_be_visible()
    assert axe(page) == []
