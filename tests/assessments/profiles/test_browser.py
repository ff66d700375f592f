"""HR builds a profile, changes a weight from a day on, and sees whose level moves before confirming."""

import pytest
from playwright.sync_api import expect

from assessments.models import RoleProfile
from tests.assessments.profiles.conftest import rated
from tests.factories.people import PositionFactory
from tests.factories.profiles import competency, need, profile_of
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def fill(page, row, title, level, weight):
    page.get_by_label(f"能力项 {row}", exact=True).select_option(label=title)
    page.get_by_label(f"要求等级 {row}", exact=True).select_option(label=level)
    page.get_by_label(f"权重（%） {row}", exact=True).fill(weight)


def test_hr_builds_a_profile_and_sees_whose_level_moves_before_confirming(open_as, hire, axe):
    agent = PositionFactory(name="客服专员")
    typing, product, empathy = (competency(title) for title in ("打字速度", "产品专业度", "共情能力"))
    fast, clever = hire(name="安娜", position=agent), hire(name="白云", position=agent)
    for person, levels in ((fast, (4, 1, 3)), (clever, (1, 5, 3))):
        for of, level in zip((typing, product, empathy), levels, strict=True):
            rated(person, of, level)
    page = open_as(hire(Role.HR), "/role-profiles/")
    page.get_by_role("link", name="新建画像").click()
    page.get_by_label("岗位", exact=True).select_option(label="客服专员")
    page.get_by_label("原因").fill("首版")
    fill(page, 1, "打字速度", "2 独立", "40")
    fill(page, 2, "产品专业度", "3 胜任", "20")
    fill(page, 3, "共情能力", "3 胜任", "30")
    expect(page.locator("[data-sum-value]")).to_have_text("90")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("权重合计为 90 %").first).to_be_visible()
    assert axe(page) == []
    page.get_by_label("权重（%） 3", exact=True).fill("40")
    expect(page.locator("[data-sum-whole]")).to_be_visible()
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("heading", name="新画像“客服专员”")).to_be_visible()
    assert not RoleProfile.objects.exists()
    page.get_by_role("button", name="确认").click()
    page.wait_for_selector(".k-chart-canvas svg")
    assert axe(page) == []

    page.get_by_role("link", name="从某天起调整").click()
    page.get_by_label("原因").fill("直播咨询量 +50 %")
    page.locator("[name=raise_by]").fill("150")
    page.get_by_role("button", name="把第 2 行的权重按下面的百分比上调").click()
    expect(page.get_by_label("权重（%） 2", exact=True)).to_have_value("50")
    expect(page.get_by_label("权重（%） 1", exact=True)).to_have_value("25")
    assert axe(page) == []
    page.get_by_role("button", name="预览").click()
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="白云")).to_contain_text("2 → 3")
    expect(rows.filter(has_text="安娜")).to_contain_text("3 → 2")
    assert axe(page) == []
    assert RoleProfile.objects.get().versions.count() == 1
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_text("直播咨询量 +50 %")).to_be_visible()
    assert RoleProfile.objects.get().versions.count() == 2


def test_a_trainee_reads_a_profile_on_the_phone(open_as, hire, axe):
    needs = [
        need(competency(title), 3, weight) for title, weight in (("打字速度", 30), ("共情能力", 30), ("产品专业度", 40))
    ]
    made = profile_of(*needs, position=PositionFactory(name="客服专员"))
    page = open_as(hire(Role.TRAINEE), made.get_absolute_url(), phone=True, theme="dark")
    page.wait_for_selector(".k-chart-canvas svg")
    assert axe(page) == []
    assert fits(page)
