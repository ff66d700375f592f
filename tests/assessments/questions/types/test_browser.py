"""Pairs, orders, gaps and a case in a real browser, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from assessments.attempts.actions import start
from assessments.questions.types.base import type_of
from tests.assessments.questions.types.samples import checked
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from trainingsite.core import clock

pytestmark = pytest.mark.browser
KINDS = ("matching", "ordering", "case")


@pytest.fixture
def attempt(enrolment, unit, course):
    asked = [QuestionFactory(topic=course.topic, kind=kind, content=checked(kind)) for kind in KINDS]
    return start(enrolment, put(QuizFactory(unit=unit, time_limit_minutes=None), *asked), at=clock.now())


def saved(page):
    expect(page.locator("[data-state]")).to_contain_text("已保存")


def answers(attempt):
    return list(attempt.responses.order_by("position").values_list("answer", flat=True))


def bring_into_order(page, box, words):
    """With the arrows of each step, from the first place to the last, by keyboard."""
    items = box.locator("[data-item]")
    for place, text in enumerate(words):
        while (
            now := [step.strip() for step in items.locator(".a-order-text").all_text_contents()].index(text)
        ) > place:
            button = items.nth(now).locator("[data-up]")
            button.focus()
            page.keyboard.press("Enter")
            focused = "document.activeElement.closest('[data-item]').querySelector('.a-order-text').textContent.trim()"
            assert page.evaluate(focused) == text  # the focus goes along


def test_pairs_and_an_order_by_keyboard_are_saved_and_shown_again(attempt, trainee, open_as, axe):
    page = open_as(trainee, f"/attempts/{attempt.pk}/")
    pairs, steps = page.locator('[data-position="1"]'), page.locator('[data-position="2"]')
    right = {"签收六天,商品完好": "无理由退货", "签收九天,商品破损": "质量问题退换", "定制商品,没有问题": "不支持退货"}
    for stem, choice in right.items():
        pairs.get_by_label(stem).select_option(choice)
    saved(page)
    assert axe(page) == []
    page.get_by_role("button", name="下一题").click()
    assert axe(page) == []
    words = ["核对订单", "确认原因", "登记工单", "通知仓库"]
    bring_into_order(page, steps, words)
    expect(steps.get_by_role("status")).to_contain_text("现在排在第")
    saved(page)
    page.wait_for_timeout(300)
    matching, ordering = (type_of(kind).right(checked(kind)) for kind in KINDS[:2])
    assert answers(attempt)[:2] == [matching, ordering]
    page.reload()
    expect(pairs.get_by_label("签收六天,商品完好").locator("option:checked")).to_have_text("无理由退货")
    assert [text.strip() for text in steps.locator(".a-order-text").all_text_contents()] == words


def test_an_order_that_was_not_touched_is_no_answer(attempt, trainee, open_as):
    page = open_as(trainee, f"/attempts/{attempt.pk}/")
    page.get_by_role("button", name="下一题").click()
    read = "box => window.kefuAnswer(box).read(box)"
    assert page.locator('[data-position="2"]').evaluate(read) is None


def test_a_case_on_a_phone_keeps_each_of_its_answers(attempt, trainee, open_as, axe):
    page = open_as(trainee, f"/attempts/{attempt.pk}/", phone=True)
    for _ in range(2):
        page.get_by_role("button", name="下一题").click()
    box = page.locator('[data-position="3"]')
    box.get_by_text("受理", exact=True).click()
    box.get_by_label("第 1 空").fill("7")
    box.get_by_label("第 2 空").select_option("买家")
    box.get_by_text("错误", exact=True).click()
    saved(page)
    page.wait_for_timeout(1500)
    content = checked("case")
    first, *_between, gaps, last = (row["id"] for row in content["parts"])
    right = type_of("case").right(content)
    chosen = {key: value for key, value in right[gaps].items() if key in {"1", "2"}}
    assert answers(attempt)[2] == dict(sorted({first: ["a"], gaps: chosen, last: ["false"]}.items()))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
