"""Newcomers: the programme they get, who they are, and what happens when one more is hired."""

import re

from playwright.sync_api import Page, expect

from courses.models import Enrolment
from tests.walk.curriculum import CERTIFICATION
from tests.walk.steps import fill, go, job_done, press
from trainingsite.core import clock
from trainingsite.people.models import User

PROGRAMME, AUDIENCE, HIRED = "新人六周计划", "近三个月入职", "hr-2027"


def build_programme(page: Page) -> None:
    """From the template; what it leaves open is chosen or taken out."""
    go(page, "培养方案")
    page.get_by_role("link", name="新建培养方案").first.click()
    page.get_by_label("新员工入职培养").check()
    fill(page, 标题=PROGRAMME)
    press(page, "下一步：阶段")
    expect(page.locator(".p-stage")).to_have_count(3)
    expect(page.locator(".p-item-title", has_text="七天无理由退货")).to_be_visible()
    press(page, "移除“待选课程：服务礼仪”")
    page.get_by_role("link", name=re.compile("待选认证")).first.click()
    page.get_by_label("认证").select_option(label=CERTIFICATION)
    press(page, "保存")
    expect(page.get_by_text("发布前还需要处理")).to_have_count(0)


def choose_audience(page: Page) -> None:
    """A rule put together on the spot: it says at once who matches, and why."""
    page.get_by_role("link", name="下一步：人员").click()
    page.get_by_label("要添加的条件").select_option(label="入职不超过多少天")
    press(page, "添加条件")
    page.get_by_label("入职不超过多少天", exact=True).fill("90")
    page.get_by_label("入职不超过多少天", exact=True).press("Tab")
    expect(page.locator(".k-reach-count strong")).to_have_text("1")
    expect(page.locator(".k-reach-people")).to_contain_text("王小明")
    expect(page.locator(".k-reach-why")).to_contain_text("已 3 天")
    page.locator("[name=audience-name]").fill(AUDIENCE)
    press(page, "下一步：时间")


def publish_and_assign(page: Page) -> None:
    page.get_by_label("跟随人群").check()
    press(page, "下一步：核对")
    expect(page.locator(".k-sentence")).to_contain_text("发布培养方案，1 人")
    press(page, "发布并分配")
    job_done(page)
    expect(page.get_by_role("row", name=re.compile("王小明"))).to_contain_text("进行中")


def see_audience(page: Page) -> None:
    go(page, "人群")
    page.get_by_role("link", name=AUDIENCE).click()
    expect(page.get_by_role("row", name=re.compile("王小明"))).to_contain_text("已 3 天")
    expect(page.locator("main")).to_contain_text(PROGRAMME)


def join(rest) -> None:
    """The HR system hires somebody; nobody clicks anything."""
    row = {"external_id": HIRED, "employee_number": "KF02027", "name": "何晓", "department": None}
    row |= {"department": User.objects.get(name="孙倩").department.external_id, "hired_on": clock.today().isoformat()}
    answer = rest("post", "/api/v1/people/bulk/", [row])
    assert answer.status_code == 200, answer.json()


def newcomer() -> User:
    return User.objects.get(external_id=HIRED)


def see_who_joined(page: Page) -> None:
    go(page, "人群")
    page.get_by_role("link", name=AUDIENCE).click()
    expect(page.get_by_role("row", name=re.compile("何晓"))).to_be_visible()
    assert Enrolment.objects.filter(person=newcomer()).count() == 7


def begin(page: Page) -> None:
    """What was hired this morning stands on the first page, and leads to the first lesson."""
    page.get_by_role("link", name=PROGRAMME, exact=True).first.click()
    expect(page.locator(".p-leg")).to_have_count(3)
    page.get_by_role("link", name="继续：七天无理由退货").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("七天无理由退货")
