import pytest
from playwright.sync_api import expect

from assessments.models import Attempt, Marking
from tests.factories.marking import HOUR, NINE, answer_of, essay_quiz, handed_in, marked
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_essays_are_marked_by_keyboard_alone(open_as, hire, axe):
    quiz = essay_quiz()
    for n, name in enumerate(("王芳", "李雷")):
        handed_in(hire(name=name), quiz, at=NINE + n * HOUR)
    page = open_as(hire(Role.HR), "/marking/")
    assert axe(page) == []
    page.get_by_role("link", name="王芳").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="王芳的答案")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("c")
    page.keyboard.type("时间线清楚")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="李雷的答案")).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("3")
    page.keyboard.press("1")
    page.keyboard.press("Enter")

    expect(page.get_by_text("没有待批阅的答案")).to_be_visible()
    assert list(Marking.objects.order_by("pk").values_list("comment", flat=True)) == ["时间线清楚", ""]
    assert [int(score) for score in Attempt.objects.order_by("pk").values_list("score", flat=True)] == [80, 40]


def test_percentage_goes_by_digits_and_half_steps_and_keys_can_be_turned_off(open_as, hire):
    answer = answer_of(handed_in(hire(), essay_quiz(graded=False)))
    page = open_as(hire(Role.HR), f"/marking/{answer.pk}/")
    field = page.get_by_label("得分（%）")
    for key in ("8", "+"):
        page.keyboard.press(key)
    expect(field).to_have_value("85")
    page.get_by_role("button", name="单键快捷键").click()
    page.keyboard.press("3")
    expect(field).to_have_value("85")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("已保存：85%。")).to_be_visible()


def test_two_who_differ_are_moderated_by_a_third(open_as, hire, axe):
    quiz = essay_quiz(graded=False, second_marker=True, anonymous=True)
    person = hire(name="林小雨")
    answer = answer_of(handed_in(person, quiz))
    marked(answer, 40, by=hire(Role.HR, name="考官甲"), comment="太短了")
    page = open_as(hire(Role.HR, name="考官乙"), f"/marking/{answer.pk}/")
    expect(page.get_by_text("太短了")).to_have_count(0)
    expect(page.get_by_text("林小雨")).to_have_count(0)
    page.keyboard.press("9")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("没有待批阅的答案")).to_be_visible()

    page = open_as(hire(Role.HR, name="考官丙"), "/marking/", phone=True)
    expect(page.locator("#rows").get_by_text("复核")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("link", name="答卷").click()
    expect(page.get_by_text("太短了")).to_be_visible()
    expect(page.get_by_text("林小雨")).to_have_count(0)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_label("得分（%）").fill("70")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("没有待批阅的答案")).to_be_visible()

    attempt = Attempt.objects.get()
    assert (attempt.state, int(attempt.score), attempt.passed) == ("graded", 70, True)


def test_one_comment_goes_to_the_chosen_answers(open_as, hire):
    quiz = essay_quiz(graded=False)
    for name in ("王芳", "李雷"):
        handed_in(hire(name=name), quiz)
    page = open_as(hire(Role.HR), "/marking/")
    for name in ("王芳", "李雷"):
        page.get_by_label(f"选择{name}").check()
    page.get_by_label("评语").fill("请注意称呼")
    page.get_by_role("button", name="添加评语").click()
    expect(page.get_by_text("已为 2 份答案添加评语。")).to_be_visible()
    page.get_by_role("link", name="王芳").click()

    expect(page.get_by_label("给学员的评语")).to_have_value("请注意称呼")
