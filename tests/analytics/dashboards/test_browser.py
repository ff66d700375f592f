"""A supervisor's way from the organisation to a person, at a desk and on a phone."""

import json

import pytest

from tests.analytics.story import tell
from tests.factories.analytics import ready_metrics
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agents(company):
    ready_metrics()
    return tell(company, people=12)


@pytest.fixture
def supervisor(hire, agents):
    return hire(Role.SUPERVISOR, department="centre", name="赵主管")


def options(page):
    """The ECharts options of the page's charts, by title."""
    figures = page.locator("[data-chart]").all()
    return {
        figure.locator("figcaption").inner_text(): json.loads(figure.locator("script").text_content())
        for figure in figures
    }


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_supervisor_gets_from_the_organisation_to_a_person_in_two_clicks(open_as, axe, supervisor, phone):
    page = open_as(supervisor, "/dashboard/?period=quarter", phone=phone)
    assert axe(page) == []
    page.locator("#teams").get_by_role("link", name="投诉专席").click()
    page.wait_for_url("**/departments/*/**")
    assert page.get_by_role("heading", level=1).inner_text() == "投诉专席"
    late = page.locator("#people tbody tr").first
    assert "自" in late.inner_text()
    name = late.locator(".k-person-name")
    chosen = name.inner_text()
    name.click()
    page.wait_for_url("**/people/*/**")
    assert page.get_by_role("heading", level=1).inner_text() == chosen
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_kpi_charts_show_target_and_trainings(open_as, axe, supervisor, theme):
    page = open_as(supervisor, "/dashboard/?period=year", theme=theme)
    page.locator(".k-chart-canvas svg").nth(4).wait_for()
    drawn = options(page)
    assert set(drawn) == {
        "每月完成率与通过率",
        "各模块平均成绩",
        "首次响应时长（秒）",
        "客户满意度（%）",
        "投诉率（%）",
    }
    marks = drawn["客户满意度（%）"]["series"][0]["markLine"]["data"]
    assert [mark["yAxis"] for mark in marks if "yAxis" in mark] == [90]
    assert [mark["name"] for mark in marks if "xAxis" in mark][:2] == ["①", "②"]
    assert "① 20" in page.locator(".a-note").inner_text()
    assert axe(page) == []


def test_chart_has_its_numbers_as_a_table(open_as, supervisor):
    page = open_as(supervisor, "/dashboard/?period=year")
    figure = page.locator("[data-chart]").filter(has_text="客户满意度")
    figure.get_by_role("button", name="以表格显示").click()
    values = json.loads(figure.locator("script").text_content())["series"][0]["data"]
    assert len(figure.locator("tbody tr").all()) == len(values) == 12


def test_late_people_are_reminded_from_the_home_page(open_as, axe, supervisor):
    page = open_as(supervisor, "/")
    assert axe(page) == []
    page.get_by_role("button", name="一键提醒").click()
    page.get_by_role("dialog").get_by_role("button", name="一键提醒").click()
    page.get_by_text("条提醒").wait_for()
    page.goto("/")
    page.get_by_text("今天已提醒").wait_for()


def test_tile_leads_to_its_rows_and_the_filter_stays_in_the_address(open_as, axe, supervisor):
    page = open_as(supervisor, "/dashboard/?period=year")
    page.locator(".k-tile", has_text="培训完成率").click()
    page.get_by_label("状态").select_option("overdue")
    page.wait_for_url("**state=overdue**")
    assert set(page.locator("#rows tbody td:nth-child(4)").all_inner_texts()) == {"已逾期"}
    assert "department=" in page.url
    assert axe(page) == []
