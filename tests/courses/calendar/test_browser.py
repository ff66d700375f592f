"""The calendar in a browser: month, week and list; filters that survive a reload; a click; the phone's list."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.planning import HOUR, SeasonFactory, SessionFactory, SessionPlaceFactory
from tests.factories.workdays import CompanyDayFactory
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)
YEAR = min(timezone.now().year + 1, 2098)
MARCH = f"/calendar/?day={YEAR}-03-01"


def at(day: int, hour: int = 10) -> datetime:
    return datetime(YEAR, 3, day, hour, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def planned(hire):
    """Three sessions of March of next year, two on the 10th; one is full, one cancelled. The 8th is the company's."""
    first = SessionFactory(title="投诉处理工作坊", starts_at=at(10), capacity=1)
    SessionPlaceFactory(session=first, person=hire(name="学员甲"))
    SessionFactory(title="平台规则专题", starts_at=at(10, 15))
    SessionFactory(title="新品知识", starts_at=at(17), cancelled_at=at(1))
    CompanyDayFactory(day=date(YEAR, 3, 8), name="三八节团建日")
    SeasonFactory(name="三八大促", starts_on=date(YEAR, 3, 4), ends_on=date(YEAR, 3, 6))
    return first


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="人力")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_hr_turns_from_month_to_week_to_list_with_a_filter_that_survives(open_as, axe, hr, planned, theme):
    page = open_as(hr, MARCH, theme=theme)
    chip = page.locator(".k-cal-chip", has_text="投诉处理工作坊")
    expect(chip).to_contain_text("10:00")
    expect(chip).to_contain_text("1/1")
    expect(chip).to_contain_text("已满")
    expect(page.locator(".k-cal-chip.k-cal-cancelled")).to_contain_text("新品知识")
    expect(page.locator(".k-cal-shade-off")).to_contain_text("三八节团建日")
    expect(page.locator(".k-cal-shade-closed")).to_have_count(3)
    assert axe(page) == []

    page.get_by_label("教室").select_option(label=planned.room.name)
    expect(page.locator(".k-cal-chip")).to_have_count(1)
    page.reload()
    expect(page.locator(".k-cal-chip")).to_have_count(1)
    assert page.get_by_label("教室").input_value() == str(planned.room_id)

    page.get_by_role("link", name="周", exact=True).click()
    expect(page).to_have_url(re.compile("view=week"))
    page.goto(f"{MARCH}&view=week&room={planned.room_id}".replace("03-01", "03-10"))
    expect(page.locator(".k-cal-chip")).to_contain_text("投诉处理工作坊")
    assert axe(page) == []

    page.get_by_role("link", name="列表", exact=True).click()
    entry = page.locator(".k-cal-days .k-cal-entry:visible")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("10:00–11:00")
    assert axe(page) == []
    entry.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/sessions/{planned.pk}/$"))


def test_chip_leads_to_its_session_and_back_returns_to_the_month(open_as, hr, planned):
    page = open_as(hr, MARCH)
    page.locator(".k-cal-chip", has_text="投诉处理工作坊").click()
    expect(page).to_have_url(re.compile(f"/sessions/{planned.pk}/$"))
    page.go_back()
    expect(page.locator(".k-cal-chip")).to_have_count(3)


def test_turning_to_the_next_month_and_back_draws_it_again(open_as, hr, planned):
    page = open_as(hr, MARCH)
    expect(page.locator(".k-cal-title")).to_have_text(f"{YEAR}年3月")
    page.get_by_role("link", name="往后").click()
    expect(page.locator(".k-cal-title")).to_have_text(f"{YEAR}年4月")
    expect(page.locator(".k-cal-chip")).to_have_count(0)
    page.go_back()
    expect(page.locator(".k-cal-chip")).to_have_count(3)


def test_free_day_is_planned_by_a_click_and_by_keyboard(open_as, hr, planned):
    page = open_as(hr, MARCH)
    page.get_by_role("gridcell", name=f"{YEAR}年3月24日").click(position={"x": 40, "y": 60})
    expect(page.get_by_label("开始时间")).to_have_value(f"{YEAR}-03-24T09:00")

    page.goto(MARCH)
    add = page.locator(".k-cal-grid").get_by_role("link", name="在3月25日安排培训")
    add.focus()
    add.press("Enter")
    expect(page.get_by_label("开始时间")).to_have_value(f"{YEAR}-03-25T09:00")


def test_phone_shows_the_list_by_day_and_the_month_when_asked(open_as, axe, hire, planned):
    person = planned.places.get().person
    page = open_as(person, MARCH, phone=True)
    expect(page.locator(".k-cal-grid")).to_be_hidden()
    expect(page.get_by_role("link", name="列表", exact=True)).to_have_attribute("aria-current", "true")
    entry = page.locator(".k-cal-entry")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("投诉处理工作坊")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []

    page.get_by_role("link", name="月", exact=True).click()
    day = page.get_by_role("link", name=re.compile("3月10日.*1 项"))
    expect(day).to_have_text("1")
    expect(page.locator(".k-cal-chip")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
    day.click()
    expect(entry).to_be_in_viewport()


def test_week_on_a_phone_is_a_list_by_day(open_as, axe, hr, planned):
    page = open_as(hr, f"{MARCH}&view=week".replace("03-01", "03-10"), phone=True)

    expect(page.locator(".k-cal-grid")).to_be_hidden()
    expect(page.locator(".k-cal-entry:visible")).to_have_count(2)
    expect(page.locator(".k-cal-entry:visible").first).to_contain_text("10:00–11:00")
    expect(page.locator(f"#day-{YEAR}-03-10")).to_contain_text("3月10日 星期")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []


def test_week_names_its_days_and_shows_only_lines_that_fit(open_as, axe, hr):
    SessionFactory(title="晨会", starts_at=at(10), ends_at=at(10) + HOUR / 2)
    page = open_as(hr, f"{MARCH}&view=week".replace("03-01", "03-10"))
    weekday = "一二三四五六日"[date(YEAR, 3, 10).weekday()]

    expect(page.locator(".k-cal-number", has_text=f"周{weekday} 10日")).to_have_count(1)
    chip = page.locator(".k-cal-chip").bounding_box()
    for css, shown in ((".k-cal-time", True), (".k-cal-what", True), (".k-cal-meta", False)):
        box = page.locator(f".k-cal-chip {css}").bounding_box()
        inside = box["x"] < chip["x"] + chip["width"] and box["y"] + box["height"] <= chip["y"] + chip["height"] + 1
        assert (css, inside) == (css, shown)
    assert axe(page) == []


def test_without_scripts_the_month_is_a_list(chromium, live_server, open_as, hr, planned):
    cookies = open_as(hr, "/").context.cookies()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(MARCH)

    expect(page.locator(".k-cal-entry:visible")).to_have_count(3)
    context.close()


def test_many_sessions_of_a_day_fold_into_a_link(open_as, axe, hr):
    for number in range(7):
        SessionFactory(title=f"班 {number}", starts_at=at(10, 9) + number * HOUR)
    page = open_as(hr, MARCH)

    expect(page.locator(".k-cal-chip")).to_have_count(4)
    page.get_by_text("另外 3 个").click()
    expect(page.locator(".k-cal-chip", has_text="班 6")).to_be_visible()
    assert axe(page) == []
