from datetime import timedelta

import pytest
from playwright.sync_api import expect

from courses.enrolment.actions import enrol
from courses.models import Enrolment
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


def test_reading_goes_on_at_the_line_where_it_stopped(open_as, hire, lessons):
    trainee = hire(Role.TRAINEE)
    enrolment = enrol(trainee, lessons, on=clock.today())
    page = open_as(trainee, f"/learn/{enrolment.pk}/units/{lessons.units.first().pk}/", phone=True)

    page.evaluate("scrollTo(0, 900)")
    page.wait_for_timeout(400)  # it is kept when the scrolling has come to rest
    page.reload()

    assert page.evaluate("scrollY") > 800


def test_trainee_starts_a_course_of_the_catalogue(open_as, hire, axe, lessons):
    trainee = hire(Role.TRAINEE)
    page = open_as(trainee, "/courses/", phone=True)
    assert axe(page) == []
    page.get_by_role("link", name="七天无理由退货").click()
    assert axe(page) == []

    page.get_by_role("button", name="开始学习").click()

    expect(page.get_by_role("link", name="开始：规则")).to_be_visible()
    assert list(Enrolment.objects.values_list("person", "course")) == [(trainee.pk, lessons.pk)]
