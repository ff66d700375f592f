import pytest
from playwright.sync_api import expect

from assessments.models import Quiz
from tests.assessments.quizzes.test_actions import line
from tests.factories.assessments import QuestionFactory
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bank(course):
    return [QuestionFactory(topic=course.topic, code=f"n-{number}", tags=["七天"]) for number in range(5)]


def go_to(page, locator):
    """Press Tab until the focus is there, as somebody without a mouse does."""
    wanted = locator.element_handle()
    for _step in range(200):
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            return
        page.keyboard.press("Tab")
    pytest.fail("The keyboard does not get there.")


def test_a_quiz_is_built_by_keyboard(open_as, hire, axe, quiz, bank):
    page = open_as(hire(Role.HR), f"/units/{quiz.unit_id}/quiz/")
    assert axe(page) == []

    go_to(page, page.get_by_role("link", name="添加部分"))
    page.keyboard.press("Enter")
    go_to(page, page.get_by_label("名称"))
    page.keyboard.type("案例")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="案例")).to_be_visible()

    go_to(page, page.get_by_role("link", name="随机抽题"))
    page.keyboard.press("Enter")
    go_to(page, page.get_by_label("标签"))
    page.keyboard.type("七天")
    page.keyboard.press("Tab")
    expect(page.locator("#pool")).to_contain_text("5")
    assert axe(page) == []
    go_to(page, page.get_by_role("button", name="保存"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("随机 3 题")).to_be_visible()

    assert line(quiz) == ["pr-1", "pr-2", "pr-3", "3×", "[案例]"]
    said = page.locator("#builder [aria-live]").first
    go_to(page, page.get_by_role("button", name="下移 pr-3"))
    page.keyboard.press("Enter")
    expect(said).to_have_text("现在是第 4 题，共 4 题。")
    page.keyboard.press("Enter")  # the focus goes along
    expect(said).to_have_text("现在是第 4 题，共 4 题。 在“案例”部分。")
    assert line(quiz) == ["pr-1", "pr-2", "3×", "[案例]", "pr-3"]
    page.keyboard.press("Alt+ArrowUp")
    expect(said).to_have_text("现在是第 4 题，共 4 题。")
    assert axe(page) == []


def test_settings_are_made_by_keyboard_from_a_preset(open_as, hire, axe, quiz):
    page = open_as(hire(Role.HR), f"/units/{quiz.unit_id}/quiz/settings/")
    assert axe(page) == []
    go_to(page, page.get_by_role("link", name="考试"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("考试")
    group = page.locator("summary", has_text="何时显示什么")
    go_to(page, group)
    page.keyboard.press("Enter")
    box = page.get_by_label("自己的作答, 刚交卷时")
    go_to(page, box)
    page.keyboard.press("Space")
    assert axe(page) == []
    go_to(page, page.get_by_role("button", name="保存设置"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("设置已保存")).to_be_visible()
    kept = Quiz.objects.get()
    assert (kept.max_attempts, kept.one_device, kept.review["after"]) == (1, True, ["answers", "marks", "band"])


def test_the_pages_fit_a_phone_in_the_dark(open_as, hire, axe, quiz, bank):
    hr = hire(Role.HR)
    for path in ("", "settings/", "preview/", "draws/new/"):
        page = open_as(hr, f"/units/{quiz.unit_id}/quiz/{path}", phone=True, theme="dark")
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
        assert axe(page) == [], path
