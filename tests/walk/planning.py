"""What HR does, from the empty course to the survey."""

from datetime import date
from uuid import uuid4

from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from courses.audiences.actions import save_audience
from courses.models import Course, Programme
from courses.programmes.assigning import Terms, assign_at_once
from courses.programmes.blueprints import build
from courses.programmes.due import Due
from courses.programmes.models import DueRule
from tests.walk.steps import fill, go, job_done, press
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Department, User

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
    fill(page, 题干=SINGLE, 解析=WHY[SINGLE])
    page.get_by_role("textbox", name="选项 1").fill("拒绝退货")
    page.get_by_role("textbox", name="选项 2").fill(RIGHT[SINGLE])
    page.get_by_role("checkbox", name="正确 2").check()
    press(page, "保存并再写一道")
    page.locator("#id_kind").select_option("true_false")
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
    """Laid out in one go: how HR builds one step by step is walked in the quarter."""
    stages = [{"title": "上岗", "days": [1, 30], "items": [{"course": Course.objects.get(title=COURSE).code}]}]
    build(title=PROGRAMME, stages=stages, by=None, at=clock.now())
    go(page, "培养方案")
    expect(page.get_by_role("link", name=PROGRAMME).first).to_be_visible()


def assign(page: Page, *, due_on: date) -> None:
    """To a team; HR sees whom it reached."""
    team = Department.objects.get(name=TEAM)
    audience = save_audience("", [{"kind": "department", "value": [team.pk]}], owner=None)
    terms, by = Terms(Due(DueRule.FIXED, on=due_on)), User.objects.with_role(Role.HR).get()
    programme = Programme.objects.get(title=PROGRAMME)
    given = assign_at_once(programme, audience, by=by, on=clock.today(), terms=terms, token=uuid4())
    page.goto(page.url.split("/programmes/")[0] + f"/programmes/assignments/{given.pk}/")
    expect(page.locator("main")).to_contain_text("王小明")


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
    page.get_by_label("哪门课程的测验").select_option(label=COURSE)
    page.get_by_label("频率").select_option(label="每月")
    page.get_by_label("首次日期").fill(starts_on.isoformat())
    page.get_by_label("要添加的条件").select_option("department")
    press(page, "添加条件")
    page.get_by_label(TEAM).check()
    press(page, "保存")
    expect(page.locator(".k-order li").first).to_contain_text(date_format(starts_on, "DATE_FORMAT"))


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
