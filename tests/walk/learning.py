"""What the trainee does, from the first look at the home page to the certificate."""

from playwright.sync_api import Page, expect

from tests.walk.planning import CERTIFICATION, COURSE, RIGHT, SURVEY, UNITS, WHY
from tests.walk.steps import go, press


def begin(page: Page) -> None:
    expect(page.get_by_role("heading", name=f"开始：{COURSE}")).to_be_visible()
    expect(page.locator(".k-next")).to_contain_text("今天")
    page.get_by_role("link", name="开始学习").click()


def read(page: Page) -> None:
    for title in UNITS:
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        press(page, "学完了，下一节")


def take_quiz(page: Page) -> None:
    """Answer what is asked, whatever its order; a reload finds every answer kept."""
    press(page, "开始测验")
    for number in range(len(RIGHT)):
        if number:
            press(page, "下一题")
        asked = page.locator(".a-question").nth(number)
        stem = asked.locator(".a-stem").inner_text()
        asked.get_by_text(RIGHT[stem], exact=True).click()
        expect(page.locator("[data-state]")).to_contain_text("已保存")
    page.reload()
    expect(page.locator(".a-question input:checked")).to_have_count(len(RIGHT))
    press(page, "下一题")
    page.locator("[data-submit]:visible").first.click()
    press(page.get_by_role("dialog"), "交卷")


def see_result(page: Page) -> None:
    expect(page.get_by_role("heading", name="已通过")).to_be_visible()
    expect(page.locator(".a-result-score")).to_contain_text("100%")
    assert sorted(page.locator(".a-why").all_inner_texts()) == sorted(WHY.values())
    page.get_by_role("link", name="继续学习课程").click()
    expect(page.get_by_text("3 / 3 个单元").first).to_be_visible()


def hold_certificate(page: Page) -> str:
    """Download it; returns the address of the page that verifies it."""
    go(page, "我的证书")
    expect(page.get_by_role("heading", name=CERTIFICATION)).to_be_visible()
    pdf = page.request.get(page.get_by_role("link", name="打开 PDF").get_attribute("href") or "")
    assert (pdf.headers["content-type"], pdf.body()[:4]) == ("application/pdf", b"%PDF")
    return page.get_by_role("link", name="验证").get_attribute("href") or ""


def verify(passer_by: Page) -> None:
    expect(passer_by.get_by_role("heading", name="证书真实有效")).to_be_visible()
    expect(passer_by.locator(".a-verified")).to_contain_text("王小明")


def answer_survey(page: Page) -> None:
    page.get_by_role("link", name=f"去填写 {SURVEY}").click()
    page.get_by_role("group", name="案例贴近实际工作吗").get_by_text("4", exact=True).click()
    press(page, "提交")
    expect(page.get_by_text("每人只需填写一次。")).to_be_visible()
