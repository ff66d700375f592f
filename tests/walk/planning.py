"""What HR does, from the empty course to the survey."""

import re
from datetime import date

from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from tests.walk.steps import fill, go, job_done, press

COURSE, PROGRAMME, CERTIFICATION, SURVEY = "七天无理由退货", "新人培养", "售后上岗认证", "新人培训反馈"
TEAM = "投诉专席"
UNITS = {
    "规则": "## 先查订单\n\n签收**七天内**，商品完好，可以退货。",
    "例外": "## 先查商品\n\n::: tip 记住\n定制商品不适用。\n:::",
}
SINGLE, STATEMENT = "客户签收第 6 天要求退货，怎么办？", "定制商品也能七天无理由退货。"
RIGHT = {SINGLE: "同意退货", STATEMENT: "错误"}
WHY = {SINGLE: "签收后七天内，商品完好即可。", STATEMENT: "定制商品是法定的例外。"}


def write_course(page: Page) -> None:
    go(page, "课程")
    page.get_by_role("link", name="新建课程").first.click()
    fill(page, 名称=COURSE)
    page.get_by_label("培训模块").select_option(label="平台规则")
    press(page, "保存并添加单元")
    for title, body in UNITS.items():
        page.get_by_role("link", name="添加图文").click()
        fill(page, 标题=title, 分钟="6", 正文=body)
        expect(page.locator("#preview")).to_contain_text("先查")
        press(page, "保存")
        expect(page.locator(".c-unit-title").last).to_have_text(title)


def write_quiz(page: Page) -> None:
    """The third unit, with two questions of different kinds; then the course is published."""
    page.get_by_role("link", name="添加测验").click()
    fill(page, 标题="测验", 分钟="5")
    press(page, "继续")
    page.get_by_role("link", name="新建题目").click()
    page.locator(".a-kind[href*='kind=single']").click()
    fill(page, 题干=SINGLE, 解析=WHY[SINGLE])
    page.get_by_role("textbox", name="选项 1").fill("拒绝退货")
    page.get_by_role("textbox", name="选项 2").fill(RIGHT[SINGLE])
    page.get_by_role("radio", name="正确 2").check()
    press(page, "保存")
    page.get_by_role("link", name="新建题目").click()
    page.locator(".a-kind[href*='kind=true_false']").click()
    fill(page, 题干=STATEMENT, 解析=WHY[STATEMENT])
    page.get_by_role("radio", name=RIGHT[STATEMENT]).check()
    press(page, "保存")
    expect(page.locator(".a-item")).to_have_count(2)
    page.get_by_role("link", name=COURSE).first.click()
    press(page, "发布")
    expect(page.get_by_text("已发布", exact=True)).to_be_visible()


def make_certification(page: Page) -> None:
    go(page, "认证管理")
    page.get_by_role("link", name="新建认证").first.click()
    fill(page, 名称=CERTIFICATION, 编号="after-sales")
    page.get_by_label(COURSE).check()
    press(page, "保存")
    expect(page.get_by_text("还没有人持有")).to_be_visible()


def make_programme(page: Page) -> None:
    """Without a template: one stage of thirty days with the course in it."""
    go(page, "培养方案")
    page.get_by_role("link", name="新建培养方案").first.click()
    page.locator("[name=template][value='']").check()
    fill(page, 标题=PROGRAMME)
    press(page, "下一步：阶段")
    page.get_by_role("link", name="添加阶段").click()
    fill(page, 标题="上岗")
    fill(page, 从="1")
    page.get_by_label("到（含）").fill("30")
    press(page, "保存")
    page.get_by_role("link", name="添加课程").click()
    page.get_by_label("课程", exact=True).select_option(label=COURSE)
    press(page, "保存")
    expect(page.locator(".p-item-title")).to_have_text([COURSE])


def assign(page: Page, *, due_on: date) -> None:
    """To a team: first whom it reaches, then by when, then the whole sentence, and only then the deed."""
    page.get_by_role("link", name="下一步：人员").click()
    page.get_by_label("要添加的条件").select_option("department")
    press(page, "添加条件")
    page.get_by_label(TEAM).check()
    expect(page.locator(".k-reach-count")).to_have_text(re.compile(r"2\s+人"))
    expect(page.locator(".k-reach-people")).to_contain_text("王小明")
    press(page, "下一步：时间")
    page.get_by_label("固定日期").check()
    page.get_by_label("截止日期", exact=True).fill(due_on.isoformat())
    press(page, "下一步：核对")
    expect(page.locator(".k-sentence")).to_contain_text("发布培养方案，2 人")
    press(page, "发布并分配")
    job_done(page)
    expect(page.get_by_role("row", name=re.compile("王小明"))).to_contain_text("进行中")


def pair(page: Page) -> None:
    """The system proposes the mentor and says why; HR agrees and says what for."""
    go(page, "新人配对")
    page.get_by_role("link", name="选导师 王小明").click()
    expect(page.get_by_text("目前带 0/3 人")).to_be_visible()
    page.get_by_role("link", name="选择 李静").click()
    page.get_by_label("带教目标").fill("四周内独立处理退货工单")
    press(page, "确认配对")
    expect(page.get_by_role("heading", level=1)).to_have_text("王小明")


def make_refresher(page: Page, *, starts_on: date) -> None:
    go(page, "复训")
    page.get_by_role("link", name="新建复训").first.click()
    page.get_by_role("link", name="课程的测验").click()
    page.get_by_label("课程", exact=True).select_option(label=COURSE)
    page.get_by_label("频率").select_option(label="每月")
    page.get_by_label("首次日期").fill(starts_on.isoformat())
    page.get_by_label("遇休息日和大促").select_option("none")
    page.get_by_label("要添加的条件").select_option("department")
    press(page, "添加条件")
    page.get_by_label(TEAM).check()
    press(page, "保存")
    expect(page.locator(".k-list li").first).to_contain_text(date_format(starts_on, "DATE_FORMAT"))


def send_survey(page: Page) -> None:
    go(page, "问卷")
    page.get_by_role("link", name="新建问卷").first.click()
    page.get_by_label("标题").fill(SURVEY)
    page.get_by_label("问题", exact=True).fill("案例贴近实际工作吗")
    page.get_by_label("要添加的条件").select_option("department")
    press(page, "添加条件")
    page.get_by_label(TEAM).check()
    press(page, "保存草稿")
    expect(page.get_by_text("将发送给 2 人")).to_be_visible()
    press(page, "发送问卷")
    job_done(page)
    expect(page.get_by_text("0/2 人")).to_be_visible()


def see_replies(page: Page) -> None:
    page.reload()
    expect(page.get_by_text("1/2 人")).to_be_visible()
