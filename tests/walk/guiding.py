"""What those do who stand behind a trainee: the supervisor and the mentor."""

from playwright.sync_api import Page, expect

from tests.walk.planning import COURSE, TEAM
from tests.walk.steps import fill, go, press


def see_completion(page: Page) -> None:
    """One of two has completed in time, and who took the quiz has passed it."""
    expect(page.locator(".k-tile", has_text="培训完成率")).to_contain_text("50")
    expect(page.locator(".k-tile", has_text="通过率")).to_contain_text("100")


def reach_person(page: Page) -> None:
    """From the organisation to the team to the person in two clicks."""
    page.locator("#teams").get_by_role("link", name=TEAM, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TEAM)
    page.locator("#people").get_by_role("link", name="王小明").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("王小明")
    expect(page.get_by_role("listitem").filter(has_text=COURSE)).to_contain_text("已完成")


def see_satisfaction(page: Page) -> None:
    """The value against its target, and the month of the training marked on the line."""
    tile = page.locator(".k-tile", has_text="客户满意度")
    expect(tile).to_contain_text("92.0%")
    expect(tile).to_contain_text("目标 ≥ 90%")
    expect(page.locator("[data-chart]", has_text="客户满意度").locator(".k-chart-canvas svg")).to_be_visible()
    expect(page.locator(".a-note")).to_contain_text("平台规则")


def note_checkin(page: Page) -> None:
    go(page, "我的学员")
    page.get_by_role("link", name="记录面谈 王小明").click()
    fill(page, 面谈内容="一起复盘了三通升级电话", 下一步="独立处理简单退货")
    page.get_by_label("符合预期").check()
    press(page, "保存面谈记录")
    expect(page.get_by_text("与王小明的面谈已记录。")).to_be_visible()
