"""HR plans around 双11 of next year on the board; the people hear of it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import PlanningRule, Season, Session
from tests.factories.planning import SessionFactory, SessionPlaceFactory
from tests.factories.sessions import RoomFactory
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = min(timezone.now().year + 1, 2028)
BOARD = f"/board/?quarter={YEAR}-4"
HOUR = timedelta(hours=1)


def at(month: int, day: int) -> datetime:
    return timezone.make_aware(datetime.combine(date(YEAR, month, day), datetime.min.time())) + 10 * HOUR


@pytest.fixture
def planned(hire):
    """A session on 3 November of next year with two people; everybody of a team may be in training at once."""
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)
    when = {"starts_at": at(11, 3), "ends_at": at(11, 3) + HOUR}
    session = SessionFactory(title="投诉处理工作坊", room__name="培训室 A", **when)
    for name in ("学员甲", "学员乙"):
        SessionPlaceFactory(session=session, person=hire(name=name))
    return session


@pytest.fixture
def double_11(db):
    return Season.objects.create(name="双11", starts_on=date(YEAR, 11, 6), ends_on=date(YEAR, 11, 14))


def drag_to(page: Page, title: str, day: date) -> None:
    """Drag the session's chip to the column of a day."""
    chip = page.locator(".k-board-bar", has_text=title)
    chip.scroll_into_view_if_needed()
    back = page.locator("[data-board] .k-board-back").bounding_box()
    box = chip.bounding_box()
    board = page.locator("[data-board]")
    first = date.fromisoformat(board.get_attribute("data-first"))
    columns = int(board.get_attribute("data-columns"))
    x = back["x"] + ((day - first).days + 0.5) * back["width"] / columns
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 20, y)
    page.mouse.down()
    page.mouse.move((box["x"] + x) / 2, y, steps=4)
    page.mouse.move(x, y, steps=4)
    page.mouse.up()


def test_hr_loads_the_ready_seasons_of_a_year(open_as, axe, hire):
    page = open_as(hire(Role.HR, name="人力"), f"/seasons/?year={YEAR}")
    page.get_by_role("link", name=f"载入 {YEAR} 年大促").click()
    expect(page.get_by_label("双11", exact=True)).to_be_checked()
    assert axe(page) == []
    page.get_by_role("button", name="一键载入").click()

    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("tbody")).to_contain_text(f"{YEAR}年11月6日")
    assert axe(page) == []


def test_hr_plans_a_session_and_the_person_sees_it(open_as, axe, hire):
    person, _room = hire(name="王小明"), RoomFactory(name="培训室 A", building="", seats=20)
    page = open_as(hire(Role.HR, name="人力"), "/sessions/new/")
    page.get_by_label("标题").fill("投诉处理工作坊")
    page.get_by_label("开始时间").fill(f"{YEAR}-03-02T10:00")
    page.get_by_label("教室").select_option(index=1)
    page.get_by_label("查找人员").press_sequentially("王小")
    page.get_by_role("button", name="王小明").click()
    expect(page.locator("[data-chosen] li")).to_have_count(1)
    assert axe(page) == []
    page.get_by_role("button", name="确认安排").click()
    expect(page.locator("#roster")).to_contain_text("王小明")
    assert axe(page) == []

    trainee = open_as(person, "/", phone=True)
    expect(trainee.get_by_role("link", name="投诉处理工作坊").first).to_be_visible()
    expect(trainee.get_by_text("培训室 A").first).to_be_visible()
    trainee.goto("/sessions/mine/")
    expect(trainee.get_by_role("link", name="投诉处理工作坊").first).to_be_visible()
    assert axe(trainee) == []


def test_session_dragged_into_a_blackout_is_refused_and_before_it_is_moved(open_as, axe, hire, planned, double_11):
    page = open_as(hire(Role.HR, name="人力"), BOARD)
    assert axe(page) == []
    drag_to(page, "投诉处理工作坊", date(YEAR, 11, 11))
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("双11")
    expect(panel).to_contain_text(f"{YEAR}年11月15日")
    expect(panel.get_by_role("button", name="改期并通知")).to_be_disabled()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert Session.objects.get().moves == 0

    drag_to(page, "投诉处理工作坊", date(YEAR, 11, 4))
    expect(panel).to_contain_text("没有冲突")
    expect(panel).to_contain_text("2 人各收到一条通知")
    panel.get_by_role("button", name="改期并通知").click()
    expect(page.get_by_text("已改到")).to_be_visible()

    session = Session.objects.get()
    assert (timezone.localtime(session.starts_at), session.moves) == (at(11, 4), 1)
    told = open_as(planned.places.first().person, "/notices/")
    expect(told.get_by_role("link", name="“投诉处理工作坊”已改期")).to_be_visible()


def test_session_is_moved_by_keyboard_alone(open_as, hire, planned, double_11):
    page = open_as(hire(Role.HR, name="人力"), BOARD)
    page.locator(".k-board-bar a", has_text="投诉处理工作坊").focus()
    page.keyboard.press("m")
    field = page.get_by_label("新的开始时间")
    expect(field).to_be_focused()
    field.fill(f"{YEAR}-11-11T10:00")
    field.press("Tab")
    take = page.get_by_role("button", name="改到")
    expect(take).to_be_visible()
    take.press("Enter")
    go = page.get_by_role("button", name="改期并通知")
    expect(go).to_be_enabled()
    go.press("Enter")
    expect(page.get_by_text("已改到")).to_be_visible()

    assert timezone.localtime(Session.objects.get().starts_at) == at(11, 15)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_phone_shows_the_weeks_as_a_list(open_as, axe, hire, planned, double_11, theme):
    page = open_as(hire(Role.HR, name="人力"), BOARD, phone=True, theme=theme)

    expect(page.locator(".k-board-frame")).to_be_hidden()
    week = page.locator(".k-weeks-one", has_text="投诉处理工作坊")
    expect(week).to_be_visible()
    expect(week).to_contain_text("双11")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
    week.get_by_role("link", name="改期").click()
    expect(page.get_by_role("heading", name="“投诉处理工作坊”改期").first).to_be_visible()
    assert axe(page) == []


def test_hrs_first_page_has_the_board_in_small(open_as, axe, hire, planned):
    page = open_as(hire(Role.HR, name="人力"))

    expect(page.locator(".k-board-small")).to_be_visible()
    assert axe(page) == []
