"""The exam page by keys alone."""

import pytest
from playwright.sync_api import expect

from assessments.attempts.actions import start
from trainingsite.core import clock

pytestmark = pytest.mark.browser


@pytest.fixture
def attempt(enrolment, quiz):
    return start(enrolment, quiz, at=clock.now())


@pytest.fixture
def page(attempt, trainee, open_as):
    return open_as(trainee, f"/attempts/{attempt.pk}/")


def kept(attempt):
    return list(attempt.responses.order_by("position").values_list("answer", "flagged"))


def at(page, place):
    expect(page.locator(".a-question:visible .a-number")).to_contain_text(f"{place}")


def saved(page):
    expect(page.locator("[data-state]")).to_contain_text("已保存")


def test_a_quiz_is_answered_flagged_and_walked_through_by_single_keys(page, attempt):
    page.keyboard.press("1")
    page.keyboard.press("j")
    at(page, 2)
    for key in ("1", "2", "f"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")
    at(page, 3)
    page.keyboard.press("9")  # there is no ninth
    page.keyboard.press("k")
    at(page, 2)
    saved(page)
    page.wait_for_function("() => !localStorage.getItem(`attempt:${document.querySelector('#exam').dataset.attempt}`)")
    assert kept(attempt) == [(["a"], False), (["a", "b"], True), (None, False)]


def test_keys_are_listed_and_can_be_turned_off(page, attempt, axe):
    page.keyboard.press("?")
    listed = page.get_by_role("dialog")
    expect(listed).to_be_visible()
    assert axe(page) == []
    listed.locator("[data-keys-switch]").click()
    listed.locator("[data-keys-close]").click()
    page.keyboard.press("j")
    page.keyboard.press("1")
    at(page, 1)
    page.reload()
    page.keyboard.press("j")
    at(page, 1)
    assert kept(attempt)[0] == (None, False)


def test_next_comes_before_the_map_in_the_order_of_focus(page):
    page.locator(".a-question:visible [data-flag]").focus()
    page.keyboard.press("Tab")
    expect(page.locator('[data-step="1"]')).to_be_focused()
