"""Both sign on phones, also where there is no connection; HR writes a template with the mouse and by the keyboard."""

import pytest
from playwright.sync_api import expect

from mentoring.job_plans.models import JobPlanTemplate, JobTask
from tests.factories.job_plans import JobTaskFactory, TemplateFactory

pytestmark = pytest.mark.browser
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(autouse=True)
def _rows_stay(transactional_db):
    """What the server sees."""


def test_mentee_and_mentor_sign_on_phones(open_as, axe, mentee, mentor, plan):
    JobTaskFactory(plan=plan, text="旁听十段会话")
    JobTaskFactory(plan=plan, text="一起接待", week=2, phase="together")
    JobTaskFactory(plan=plan, text="独立接待", week=3, phase="alone")

    page = open_as(mentee, "/mentoring/plans/mine/", phone=True)
    assert (axe(page), page.evaluate(WIDTH)) == ([], 360)
    page.context.set_offline(True)
    page.get_by_role("button", name="我已完成 旁听十段会话").click()
    expect(page.get_by_text("网络已断开，恢复后自动重新提交。").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="撤回签核 旁听十段会话")).to_be_visible()
    page.get_by_role("button", name="我已完成 一起接待").click()
    page.get_by_role("button", name="撤回签核 一起接待").click()
    page.get_by_role("button", name="我已完成 一起接待").click()
    expect(page.get_by_role("button", name="撤回签核 一起接待")).to_be_visible()

    other = open_as(mentor, f"/mentoring/plans/{plan.pk}/", phone=True, theme="dark")
    assert (axe(other), other.evaluate(WIDTH)) == ([], 360)
    other.get_by_role("button", name="签核 旁听十段会话", exact=True).click()
    expect(other.get_by_role("button", name="撤回签核 旁听十段会话")).to_be_visible()
    other.locator("summary", has_text="暂不通过 一起接待").click()
    other.get_by_label("还差什么？").last.fill("首响再快一点")
    assert axe(other) == []
    other.get_by_role("button", name="发送").last.click()
    expect(other.get_by_text("首响再快一点")).to_be_visible()

    page.reload()
    expect(page.get_by_text("首响再快一点")).to_be_visible()
    assert list(JobTask.objects.filter(done_on__isnull=False).values_list("text", flat=True)) == ["旁听十段会话"]


def test_hr_writes_a_template_by_mouse_and_by_keys(open_as, axe, hr):
    template = TemplateFactory(tasks=[(1, "observe", "旁听"), (1, "observe", "看工单"), (2, "alone", "接待")])
    page = open_as(hr, f"/mentoring/plans/templates/{template.pk}/")
    assert axe(page) == []

    page.get_by_role("button", name="上移“看工单”").press("Enter")
    expect(page.locator("#week-1 .jp-item-title")).to_have_text(["看工单", "旁听"])
    expect(page.get_by_role("button", name="上移“看工单”")).to_be_focused()
    page.locator("#week-2").scroll_into_view_if_needed()
    grip = page.locator(".jp-item", has_text="看工单").locator("[data-grip]")
    sent = []
    page.route("**/order/", lambda route: sent.append(route))  # noqa: PLW0108 - Playwright wants a function
    grip.drag_to(page.locator("#week-2 .jp-item").first, target_position={"x": 40, "y": 4})
    page.get_by_role("link", name="编辑“旁听”").click()
    sent.pop().continue_()
    page.get_by_role("link", name="取消").click()
    expect(page.locator("#weeks [aria-live]")).to_have_text("“看工单”现为第 2 周第 1 项。")  # the server has answered
    expect(page.locator("#week-1 .jp-item-title")).to_have_text(["旁听"])

    page.locator("#new-3 a").click()
    page.get_by_label("任务", exact=True).fill("写五张工单")
    assert axe(page) == []
    page.locator("#new-3").get_by_role("button", name="保存").click()
    expect(page.locator("#week-3 .jp-item-title")).to_have_text(["写五张工单"])
    page.get_by_role("link", name="编辑“接待”").click()
    page.get_by_label("任务", exact=True).fill("独立接待")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#week-2 .jp-item-title")).to_have_text(["看工单", "独立接待"])
    assert set(JobPlanTemplate.objects.get().tasks.values_list("week", "text")) == {
        (1, "旁听"),
        (2, "看工单"),
        (2, "独立接待"),
        (3, "写五张工单"),
    }
