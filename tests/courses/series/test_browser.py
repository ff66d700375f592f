"""HR plans in the browser: a series after a look at all its days, a room, an expert from outside."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.models import Instructor, PlanningRule, Room, Series, Session
from tests.factories.planning import HOUR, SessionFactory
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory, SessionTemplateFactory, instructor_of
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser
WEEK = timedelta(days=7)


@pytest.fixture
def monday(db):
    """A Monday in March of next year."""
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)
    day = clock.today().replace(year=clock.today().year + 1, month=3, day=1)
    return day + timedelta(days=-day.weekday() % 7)


def test_hr_plans_a_series_after_a_look_at_its_days(open_as, axe, hire, monday):
    hire(name="王小明")
    room = RoomFactory(name="培训室 A", building="总部", seats=20)
    taken = timezone.make_aware(datetime.combine(monday + WEEK, time(9)))
    SessionFactory(title="别的会", room=room, starts_at=taken, ends_at=taken + 2 * HOUR)
    page = open_as(hire(Role.HR, name="人力"), "/series/new/")
    page.get_by_label("标题").fill("晨会演练")
    page.get_by_label("首次日期").fill(monday.isoformat())
    page.get_by_label("或共几次").fill("3")
    page.get_by_label("教室").select_option(index=1)
    page.get_by_label("查找人员").press_sequentially("王小")
    page.get_by_role("button", name="王小明").click()
    assert axe(page) == []
    page.get_by_role("button", name="查看日期").click()

    days = page.locator("#days")
    expect(days).to_contain_text("别的会")
    expect(days.locator(".s-day")).to_have_count(3)
    assert axe(page) == []
    days.locator(".s-day").nth(1).get_by_role("checkbox").check()
    days.get_by_role("button", name="全部安排").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("晨会演练")
    assert axe(page) == []
    assert Series.objects.get().sessions.count() == 2


def test_hr_moves_the_rest_of_a_series(open_as, axe, hire, monday):
    series = Series.objects.create(title="晨会演练", rrule="FREQ=WEEKLY;COUNT=2", starts_on=monday)
    begin, room = timezone.make_aware(datetime.combine(monday, time(9))), RoomFactory()
    for number in range(2):
        SessionFactory(series=series, number=number + 1, title="晨会演练", room=room, starts_at=begin + number * WEEK)
    first = series.sessions.get(number=1)
    page = open_as(hire(Role.HR, name="人力"), f"/sessions/{first.pk}/")
    expect(page.get_by_text("第 1 场，共 2 场")).to_be_visible()
    assert axe(page) == []

    page.goto(f"/sessions/{first.pk}/edit/")
    page.get_by_label("标题").fill("进阶演练")
    page.get_by_label("这一场及之后各场").check()
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("进阶演练")
    assert set(Session.objects.values_list("title", flat=True)) == {"进阶演练"}


def test_hr_keeps_rooms_and_instructors(open_as, axe, hire, monday):
    instructor_of(hire(Role.INSTRUCTOR, name="内训师"))
    page = open_as(hire(Role.HR, name="人力"), "/rooms/")
    assert axe(page) == []
    page.get_by_role("link", name="新增教室").first.click()
    page.get_by_label("名称").fill("复盘室")
    page.get_by_label("座位数").fill("12")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("复盘室")
    assert axe(page) == []

    page.goto("/instructors/new/")
    page.get_by_label("姓名").fill("林医生")
    page.get_by_label("课时费（元/小时）").fill("1200")
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("林医生")
    page.goto("/instructors/")
    expect(page.get_by_role("link", name="内训师")).to_be_visible()
    assert axe(page) == []
    assert (Room.objects.get().seats, Instructor.objects.get(name="林医生").hourly_cost) == (12, 1200)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_fit_a_phone(open_as, axe, hire, monday, theme):
    SessionTemplateFactory()
    begin = timezone.make_aware(datetime.combine(monday, time(9)))
    SessionFactory(starts_at=begin, instructors=[OutsideInstructorFactory()])
    page = open_as(hire(Role.HR, name="人力"), "/session-templates/", phone=True, theme=theme)
    for address in ("/session-templates/", "/series/", "/rooms/", "/instructors/hours/", "/sessions/new/"):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
