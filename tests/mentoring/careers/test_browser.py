"""A supervisor nominates, HR approves, and on the day the person has the new position; HR draws a step."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mentoring.careers.nominating import apply_due
from mentoring.careers.tasks import apply_promotions
from mentoring.models import CareerStep, Nomination
from tests.factories.careers import StepFactory
from tests.factories.courses import CompetencyFactory
from trainingsite.core.days import company_day
from trainingsite.notices.models import Notice

pytestmark = pytest.mark.browser


@pytest.fixture
def step(transactional_db, jobs):
    return StepFactory(from_position=jobs["A"], to_position=jobs["B"], months=24, points=100)


def test_a_supervisor_nominates_hr_approves_and_the_position_changes_on_the_day(
    step, open_as, axe, agent, boss, hr, now
):
    page = open_as(boss, "/careers/")
    expect(page.get_by_role("group", name="职业发展通道")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="客服专员 P2 → 高级客服专员 P3 · 专业通道").click()
    page.get_by_role("link", name="找候选人").click()
    expect(page.get_by_role("row", name="王小明")).to_contain_text("0 / 2 项")
    assert axe(page) == []
    page.get_by_role("link", name="列入储备名单 王小明").click()
    page.get_by_label("现在即可胜任").check()
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("row", name="王小明")).to_contain_text("现在即可胜任")
    assert axe(page) == []

    page.get_by_role("link", name="提名 王小明").click()
    page.get_by_label("原因").fill("带教了三名新人")
    page.get_by_role("button", name="提名").click()
    expect(page.get_by_role("alert").filter(has_text="未全部满足仍提名的理由")).to_be_visible()
    page.get_by_label("未全部满足仍提名的理由").fill("急需能独立处理疑难的人")
    assert axe(page) == []
    page.get_by_role("button", name="提名").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("王小明的晋升提名")

    page = open_as(hr, "/careers/nominations/")
    assert axe(page) == []
    page.get_by_role("link", name="王小明").click()
    expect(page.get_by_text("此人的资料由人力系统维护")).to_be_visible()
    assert axe(page) == []
    day = company_day(now) + timedelta(days=2)
    page.get_by_label("生效日期").fill(day.isoformat())
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_text("已批准，并已通知本人和提名人。")).to_be_visible()

    assert (apply_promotions(), apply_due(at=now + timedelta(days=2))) == (0, 1)
    agent.refresh_from_db()
    assert (str(agent.position), agent.grade) == ("高级客服专员", "P3")
    assert Nomination.objects.get().applied_at is not None
    assert Notice.objects.filter(person=agent, kind="promotion").count() == 1


def test_my_career_on_a_phone_says_what_i_lack(step, open_as, axe, agent, jobs):
    StepFactory(from_position=jobs["B"], from_grade="P3", to_position=jobs["C"], to_grade="M1", track="leadership")

    page = open_as(agent, "/me/career/", phone=True, theme="dark")

    expect(page.get_by_text("还差 2 项")).to_be_visible()
    expect(page.get_by_role("link", name="组长 M1")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name="全部发展通道").click()
    expect(page.get_by_role("heading", name="第 3 级")).to_be_visible()
    expect(page.get_by_text("我在这里").first).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hr_draws_a_step_and_a_loop_is_told_at_the_field(step, open_as, axe, hr, jobs):
    wanted = CompetencyFactory(title="情绪管理")
    page = open_as(hr, "/careers/steps/new/")
    page.get_by_label("起点岗位").select_option(label="高级客服专员")
    page.get_by_label("目标岗位").select_option(label="客服专员")
    page.get_by_role("combobox", name="能力和所需等级").select_option(f"{wanted.pk}:2")
    assert axe(page) == []
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("这条通道会绕回起点").first).to_be_visible()

    page.get_by_label("目标岗位").select_option(label="组长")
    page.get_by_label("管理通道").check()
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("高级客服专员 → 组长")
    expect(page.get_by_text("情绪管理")).to_be_visible()
    assert axe(page) == []
    assert CareerStep.objects.get(track="leadership").competencies.get().level == 2
