import pytest
from playwright.sync_api import expect

from assessments.models import Appeal, Attempt
from tests.factories.marking import answer_of, essay_quiz, handed_in, marked
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_appeal_from_a_phone_is_upheld(open_as, hire, axe):
    trainee, hr = hire(Role.TRAINEE, name="林小雨"), hire(Role.HR, name="人力")
    answer = answer_of(handed_in(trainee, essay_quiz(graded=False), at=clock.now()))
    marked(answer, 50, by=hr, at=clock.now())
    page = open_as(trainee, f"/attempts/{answer.attempt_id}/questions/1/appeal/", phone=True)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_label("这个得分哪里有误？").fill("规则第七条支持我的答案。")
    page.get_by_role("button", name="提交申诉").click()
    expect(page.get_by_text("申诉已提交，有答复时会通知你。")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    page = open_as(hr, "/appeals/")
    assert axe(page) == []
    page.get_by_role("link", name="林小雨").click()
    assert axe(page) == []
    page.get_by_label("新得分（%）").fill("80")
    page.get_by_label("给学员的答复").fill("确实如此，已改分。")
    page.get_by_role("button", name="申诉成立，按新得分计").click()
    expect(page.get_by_text("申诉已答复，并已通知林小雨。")).to_be_visible()

    page = open_as(trainee, f"/appeals/{Appeal.objects.get().pk}/", phone=True)
    expect(page.get_by_text("确实如此，已改分。").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert (int(Attempt.objects.get().score), Attempt.objects.get().passed) == (80, True)
