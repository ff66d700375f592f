from datetime import timedelta

import pytest
from playwright.sync_api import expect

from courses.enrolment.actions import enrol
from courses.models import Enrolment, Note, Spot
from tests.factories.courses import CourseFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lessons(db):
    """A course of three articles, each longer than a screen."""
    course = CourseFactory(title="七天无理由退货", objectives={"skill": ["会判断"]})
    for title in ("规则", "例外", "话术"):
        UnitFactory(course=course, title=title, body="## 先查订单\n\n" + "先看订单，再回答客户。\n\n" * 60)
    return course


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_trainee_reads_on_a_phone_and_goes_on_where_he_stopped(open_as, hire, axe, lessons, theme):
    trainee = hire(Role.TRAINEE)
    enrol(trainee, lessons, on=clock.today(), due_on=clock.today() + timedelta(days=1))
    page = open_as(trainee, "/learn/", phone=True, theme=theme)
    assert axe(page) == []
    page.get_by_role("link", name="开始学习").click()
    expect(page.get_by_role("heading", name="规则", level=1)).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="学完了，下一节").click()
    expect(page.get_by_role("heading", name="例外", level=1)).to_be_visible()

    page = open_as(trainee, "/learn/", phone=True, theme=theme)
    expect(page.get_by_text("已学 1 / 3 个单元")).to_be_visible()
    page.get_by_role("link", name="继续学习").click()
    expect(page.get_by_role("heading", name="例外", level=1)).to_be_visible()
    page.get_by_role("button", name="学完了，下一节").click()
    page.get_by_role("button", name="学完了").click()

    expect(page.get_by_text("“七天无理由退货”学完了。")).to_be_visible()
    assert axe(page) == []
    assert Enrolment.objects.get().completed_at is not None


def test_page_is_as_wide_as_the_phone(open_as, hire, lessons):
    trainee = hire(Role.TRAINEE)
    unit = lessons.units.first()
    unit.body = "| 可以这样说 | 不要这样说 | 为什么 |\n|---|---|---|\n| " + "x" * 80 + " | b | c |\n\n" + "y" * 200
    unit.save()
    enrolment = enrol(trainee, lessons, on=clock.today())

    page = open_as(trainee, f"/learn/{enrolment.pk}/units/{unit.pk}/", phone=True)

    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_arrow_keys_lead_to_the_units_before_and_after(open_as, hire, lessons):
    trainee = hire(Role.TRAINEE)
    enrolment = enrol(trainee, lessons, on=clock.today())
    page = open_as(trainee, f"/learn/{enrolment.pk}/")
    page.get_by_role("link", name="规则").last.click()
    expect(page.locator("h1")).to_have_text("规则")

    for key, title in (("Right", "例外"), ("Right", "话术"), ("Right", "话术"), ("Left", "例外"), ("Left", "规则")):
        page.keyboard.press(f"Arrow{key}")
        expect(page.locator("h1")).to_have_text(title)

    assert enrolment.progress.filter(completed_at__isnull=False).count() == 0


def first_unit(enrolment, lessons):
    return f"/learn/{enrolment.pk}/units/{lessons.units.first().pk}/"


def test_reading_goes_on_at_the_line_where_it_stopped_on_another_device(open_as, hire, lessons):
    trainee = hire(Role.TRAINEE)
    enrolment = enrol(trainee, lessons, on=clock.today())
    page = open_as(trainee, first_unit(enrolment, lessons), phone=True)
    with page.expect_response("**/keep/"):
        page.evaluate("document.querySelector('[data-text]').children[30].scrollIntoView()")
    phone = Spot.objects.get().place

    desk = open_as(trainee, first_unit(enrolment, lessons))
    desk.wait_for_function("scrollY > 500")
    with desk.expect_response("**/keep/"):
        desk.evaluate("scrollBy(0, 400)")

    assert 30 <= phone <= 34
    assert phone < Spot.objects.get().place < phone + 20


def test_notes_and_bookmark_by_keyboard(open_as, hire, axe, lessons):
    trainee = hire(Role.TRAINEE)
    enrolment = enrol(trainee, lessons, on=clock.today())
    page = open_as(trainee, first_unit(enrolment, lessons))

    page.keyboard.press("b")
    expect(page.get_by_role("button", name="加书签")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("n")
    page.keyboard.type("签收次日开始算")
    page.keyboard.press("Tab")
    with page.expect_response("**/keep/"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="签收次日开始算")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="编辑").click()
    page.get_by_label("新笔记").fill("签收次日零点开始算")
    with page.expect_response("**/keep/"):
        page.get_by_role("button", name="保存笔记").click()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="本页快捷键")).to_be_visible()
    assert axe(page) == []

    page.goto(page.url.split("/learn/")[0] + "/learn/notebook/")

    expect(page.get_by_text("签收次日零点开始算")).to_be_visible()
    assert axe(page) == []
    page.locator("main").get_by_role("link", name="规则").first.click()
    expect(page.get_by_role("button", name="加书签")).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/keep/"):
        page.get_by_role("button", name="删除").click()
    page.reload()
    expect(page.get_by_label("新笔记")).to_be_visible()
    expect(page.get_by_text("签收次日零点开始算")).to_have_count(0)
    assert Note.objects.count() == 0


def test_what_is_done_without_a_network_is_kept_and_sent_once(open_as, hire, lessons):
    trainee = hire(Role.TRAINEE)
    enrolment = enrol(trainee, lessons, on=clock.today())
    page = open_as(trainee, first_unit(enrolment, lessons), phone=True)
    page.context.set_offline(True)
    page.get_by_label("新笔记").fill("没网也能记")
    page.get_by_role("button", name="保存笔记").click()
    expect(page.get_by_text("当前没有网络，已暂存在本机，联网后自动提交")).to_be_visible()
    for _click in range(2):
        page.get_by_role("button", name="学完了，下一节").click()
    expect(page.get_by_text("已记在本机，网络恢复后立即计入进度。").first).to_be_visible()
    assert (Note.objects.count(), enrolment.progress.filter(completed_at__isnull=False).count()) == (0, 0)

    page.context.set_offline(False)

    expect(page.get_by_text("网络已恢复，内容都已保存。")).to_be_visible(timeout=15_000)
    page.reload()
    expect(page.get_by_text("没网也能记")).to_be_visible()
    assert list(Note.objects.values_list("text", flat=True)) == ["没网也能记"]
    done = enrolment.progress.filter(completed_at__isnull=False)
    assert list(done.values_list("unit__title", flat=True)) == ["规则"]


def test_trainee_starts_a_course_of_the_catalogue(open_as, hire, axe, lessons):
    trainee = hire(Role.TRAINEE)
    page = open_as(trainee, "/courses/", phone=True)
    assert axe(page) == []
    page.get_by_role("link", name="七天无理由退货").click()
    assert axe(page) == []

    page.get_by_role("button", name="开始学习").click()

    expect(page.get_by_role("link", name="开始：规则")).to_be_visible()
    assert list(Enrolment.objects.values_list("person", "course")) == [(trainee.pk, lessons.pk)]
