from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from courses.models import Occurrence, Refresher
from courses.refreshers.actions import materialise
from tests.factories.courses import RefresherFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True])
def test_hr_writes_a_rule_sees_its_days_and_pauses_it(open_as, axe, hire, course, phone):
    hire(department="sales")
    page = open_as(hire(Role.HR, name="人力"), "/refreshers/", phone=phone)
    assert axe(page) == []
    page.get_by_role("link", name="新建复训").first.click()
    assert axe(page) == []
    page.get_by_role("link", name="课程的测验").click()
    page.get_by_label("课程", exact=True).select_option(label="七天无理由退货")
    page.get_by_label("频率").select_option(label="每季度")
    page.get_by_label("首次日期").fill("2099-08-31")
    page.get_by_label("遇休息日").select_option("none")
    expect(page.locator(".r-days li").nth(1)).to_contain_text("2099年11月30日")
    page.get_by_label("完成期限（天）").fill("7")
    page.get_by_label("要添加的条件").select_option("department")
    page.get_by_role("button", name="添加条件").click()
    page.get_by_label("售后服务部").check()
    expect(page.locator(".k-reach")).to_contain_text("售后服务部及其下级部门")
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_text("每季度 · 31 日，不足的月份取月末").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="暂停").click()
    page.get_by_label("原因").fill("大促期间暂停")
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_text("大促期间暂停")).to_be_visible()
    assert Refresher.objects.get().starts_on == date(2099, 8, 31)


@pytest.mark.parametrize("phone", [False, True])
def test_hr_leaves_out_a_run_and_sees_why_on_the_timeline(open_as, axe, hire, course, phone):
    today = clock.today()
    fields = {"course": course, "title": "月度专题", "rrule": "FREQ=WEEKLY"}
    refresher = RefresherFactory(starts_on=today + timedelta(days=3), **fields)
    materialise(at=clock.now())
    page = open_as(hire(Role.HR, name="人力"), f"/refreshers/{refresher.pk}/", phone=phone)

    page.get_by_role("link", name="跳过").first.click()
    assert axe(page) == []
    page.get_by_label("原因").fill("与年会冲突")
    page.get_by_role("button", name="跳过这一次").click()
    expect(page.get_by_text("已跳过：与年会冲突")).to_be_visible()
    page.goto("/refreshers/timeline/")
    expect(page.get_by_text("与年会冲突")).to_be_visible()
    assert axe(page) == []
    assert Occurrence.objects.get(state="skipped").changed_by.name == "人力"
