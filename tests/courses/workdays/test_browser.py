"""HR declares a company day, sees it beside the holidays, and takes it away again."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.workdays import CompanyDayFactory
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = timezone.now().year


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="人力")


def test_hr_declares_a_day_corrects_what_is_wrong_and_removes_it(open_as, axe, hr):
    page = open_as(hr, f"/workdays/?year={YEAR}")
    expect(page.locator("tbody tr", has_text="10月1日")).to_contain_text("国庆节")
    assert axe(page) == []
    page.get_by_role("link", name="公司假期与调班").click()
    page.get_by_label("名称").fill("司庆日")
    page.get_by_label("日期", exact=True).fill("1999-09-18")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("年之间的日期").first).to_be_visible()
    assert axe(page) == []
    page.get_by_label("日期", exact=True).fill(f"{YEAR}-09-18")
    page.get_by_role("button", name="保存").click()

    row = page.locator("tbody tr", has_text="9月18日")
    expect(row).to_contain_text("司庆日")
    expect(row).to_contain_text("休息")
    expect(page).to_have_url(f"{page.url.split('/workdays')[0]}/workdays/?year={YEAR}#day-{YEAR}-09-18")
    expect(row).to_be_in_viewport()
    row.get_by_role("link", name="司庆日").click()
    page.get_by_role("button", name="移除").click()
    page.get_by_role("dialog").get_by_role("button", name="移除").click()
    expect(page.get_by_text("“司庆日”已从日历中移除。")).to_be_visible()
    expect(row).to_have_count(0)


def test_year_stays_when_a_region_is_chosen(open_as, hr):
    page = open_as(hr, "/workdays/?year=2026")
    page.get_by_label("地区").select_option(label="中国香港")
    expect(page.locator("tbody tr", has_text="7月1日")).to_be_visible()
    expect(page.locator("thead th")).to_have_count(3)
    expect(page.get_by_label("年份", exact=True).locator("strong")).to_have_text("2026")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_phone_stacks_the_days(open_as, axe, hr, theme):
    CompanyDayFactory()
    page = open_as(hr, "/workdays/?year=2026", phone=True, theme=theme)

    expect(page.get_by_role("link", name="司庆日")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
