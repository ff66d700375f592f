from datetime import date

import pytest
from playwright.sync_api import expect

from courses.models import Refresher
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True])
def test_hr_makes_a_refresher_and_sees_its_next_run(open_as, axe, hire, course, phone):
    hire(department="sales")
    page = open_as(hire(Role.HR, name="人力"), "/refreshers/", phone=phone)
    assert axe(page) == []
    page.get_by_role("link", name="新建复训").first.click()
    page.get_by_label("哪门课程的测验").select_option(label="七天无理由退货")
    page.get_by_label("频率").select_option(label="每季度")
    page.get_by_label("首次日期").fill("2099-08-31")
    page.get_by_label("完成期限（天）").fill("7")
    page.get_by_label("要添加的条件").select_option("department")
    page.get_by_role("button", name="添加条件").click()
    page.get_by_label("售后服务部").check()
    expect(page.locator(".k-reach")).to_contain_text("售后服务部及其下级部门")
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("heading", name="接下来的运行")).to_be_visible()
    expect(page.locator(".k-order li").nth(0)).to_contain_text("2099年8月31日")
    expect(page.locator(".k-order li").nth(1)).to_contain_text("2099年11月30日")
    assert axe(page) == []

    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_role("button", name="恢复")).to_be_visible()
    assert Refresher.objects.get().starts_on == date(2099, 8, 31)
    page.goto("/refreshers/")
    expect(page.get_by_text("已暂停")).to_be_visible()
