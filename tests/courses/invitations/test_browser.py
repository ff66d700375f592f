"""A trainee on the phone answers an invitation; HR sees it on the desk."""

import pytest
from playwright.sync_api import expect

from courses.models import SessionPlace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_trainee_answers_and_hr_sees_why(open_as, axe, agent, hr, session, seat):
    agent.locale = "zh-hans"
    agent.save()
    page = open_as(agent, f"/sessions/{session.pk}/", phone=True)
    expect(page.get_by_text("你能参加吗？")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="加入日历").click()
    assert download.value.suggested_filename == f"session-{session.pk}.ics"
    assert axe(page) == []

    page.get_by_role("button", name="待定").click()
    expect(page.get_by_text("你可能参加。")).to_be_visible()
    page.get_by_role("button", name="无法参加").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="确认不参加").click()
    assert SessionPlace.objects.get().answer == "tentative"  # without a reason nothing is sent
    dialog.get_by_label("原因").fill("当天请年假")
    assert axe(page) == []
    dialog.get_by_role("button", name="确认不参加").click()
    expect(page.get_by_text("你已表示无法参加")).to_be_visible()

    desk = open_as(hr, f"/sessions/{session.pk}/")
    answers = desk.locator("#answers")
    expect(answers.get_by_text("当天请年假")).to_be_visible()
    expect(answers.get_by_text("李娜")).to_be_visible()
    assert axe(desk) == []
