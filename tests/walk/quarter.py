"""The quarter with Double 11: its seasons, a programme laid over them, a session on the board."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.walk.joining import AUDIENCE
from tests.walk.steps import fill, go, press
from trainingsite.core import clock

YEAR = min(timezone.now().year + 1, 2028)  # the last year whose ready seasons are known
SESSION = "双11话术演练"


def load_seasons(page: Page) -> None:
    go(page, "大促日历")
    page.get_by_role("link", name=str(YEAR), exact=True).click()
    page.get_by_role("link", name=f"载入 {YEAR} 年大促").click()
    press(page, "一键载入")
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("tbody")).to_contain_text("双11")


def look_ahead(page: Page) -> None:
    """On a real day ahead of Double 11: the first stage is due before it begins."""
    page.get_by_role("link", name="日历预览").click()
    page.get_by_label("第 1 天是").fill(f"{YEAR}-11-04")
    expect(page.locator("#calendar tbody tr").first).to_contain_text("提前到大促之前")
    expect(page.locator("#calendar")).to_contain_text("双11")
    page.get_by_role("link", name="回到阶段").click()


def make_room(page: Page) -> None:
    go(page, "教室")
    page.get_by_role("link", name="新增教室").first.click()
    fill(page, 名称="培训室 A", 座位数="24")
    press(page, "保存")


def plan_session(page: Page) -> None:
    """For the newcomers, and for one colleague by name."""
    go(page, "现场培训")
    page.get_by_role("link", name="安排培训").first.click()
    fill(page, 标题=SESSION, 开始时间=f"{YEAR}-11-03T10:00")
    page.get_by_label("教室").select_option(index=1)
    page.get_by_label("人群", exact=True).select_option(label=AUDIENCE)
    page.get_by_label("查找人员").press_sequentially("林小")
    page.get_by_role("button", name="林小雨").click()
    press(page, "确认安排")
    expect(page.locator("#roster")).to_contain_text("王小明")
    expect(page.locator("#roster")).to_contain_text("林小雨")


def open_board(page: Page) -> None:
    go(page, "计划看板")
    today = clock.today()
    for _turn in range(4 * (YEAR - today.year + 1) - (today.month + 2) // 3):
        page.get_by_role("link", name="下一季度").click()
    expect(page.locator("#board h2").first).to_have_text(f"{YEAR} 年第 4 季度")
    expect(page.locator(".k-board-seasons a", has_text="双11")).to_be_visible()
    expect(page.locator(".k-board-bar", has_text=SESSION)).to_be_visible()


def refuse_double_11(page: Page) -> None:
    page.locator(".k-board-bar a", has_text=SESSION).focus()
    page.keyboard.press("m")
    field = page.get_by_label("新的开始时间")
    expect(field).to_be_focused()
    field.fill(f"{YEAR}-11-11T10:00")
    field.press("Tab")
    expect(page.get_by_role("dialog")).to_contain_text("无法安排：")
    expect(page.get_by_role("dialog")).to_contain_text("双11")
    expect(page.get_by_role("button", name="改期并通知")).to_be_disabled()


def move_clear(page: Page) -> None:
    field = page.get_by_label("新的开始时间")
    field.fill(f"{YEAR}-11-02T14:00")
    field.press("Tab")
    expect(page.get_by_role("dialog")).to_contain_text("没有冲突")
    page.get_by_role("button", name="改期并通知").press("Enter")
    expect(page.get_by_text("已改到")).to_be_visible()


def hear_of_it(page: Page) -> None:
    expect(page.get_by_role("link", name=f"“{SESSION}”已改期")).to_be_visible()
