"""A trainee takes a path on and walks it on the phone; HR gives one to many on the desk."""

from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessments.learning_paths.assigning import assign_in_job
from assessments.models import CurrentLevel, LearningPath, PathAssignment
from assessments.ratings.recording import Piece, record
from courses.models import Competency, Teaches
from tests.factories.learning_paths import asks
from trainingsite.core import clock
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def typing(trainee, hire, quiz, course):
    """The course of one quiz leads to level 4 of what a mentor saw at level 2 two months ago; the job asks for 3."""
    asks(trainee, empathy=1)
    found = Competency.objects.get(code="typing")
    Teaches.objects.create(course=course, competency=found, level=4)
    seen = clock.now() - timedelta(days=60)
    mentor = hire(Role.MENTOR)
    record([Piece(trainee.pk, found.pk, "assessment", "1", "听录音", Decimal(59), seen, by_id=mentor.pk)])
    return found


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def pick(page, text):
    expect(page.locator(".a-question:visible")).to_have_count(1)
    page.locator(".a-question:visible .a-pick").get_by_text(text, exact=True).click()


def hand_in_all_right(page):
    page.get_by_role("button", name="开始测验").click()
    pick(page, "同意")
    page.get_by_role("button", name="下一题").click()
    pick(page, "同意")
    pick(page, "拒绝")
    page.get_by_role("button", name="下一题").click()
    pick(page, "错误")
    expect(page.locator("[data-state]")).to_contain_text("已保存")
    page.get_by_role("button", name="3 / 3").click()
    page.get_by_role("navigation").get_by_role("button", name="交卷").click()
    page.get_by_role("dialog").get_by_role("button", name="交卷").click()
    expect(page.get_by_role("heading", name="已通过")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_trainee_takes_a_path_on_finishes_a_course_and_the_radar_moves(open_as, axe, trainee, typing, theme):
    page = open_as(trainee, "/", phone=True, theme=theme)
    page.locator("main a.btn[href='/me/learning-path/']").click()
    expect(page.get_by_role("heading", name="七天无理由退货")).to_be_visible()
    expect(page.get_by_text("学到 3 级水平")).to_be_visible()
    assert axe(page) == []
    assert fits(page)
    page.get_by_role("button", name="接受").first.click()
    expect(page.get_by_text("0 / 1 门课程").first).to_be_visible()
    assert axe(page) == []
    assert fits(page)
    page.locator(".k-next a.btn").click()
    hand_in_all_right(page)
    page.goto("/me/learning-path/")
    expect(page.get_by_role("heading", name="学习路径已完成")).to_be_visible()
    expect(page.get_by_text("2 级 → 3 级")).to_be_visible()
    assert axe(page) == []
    assert CurrentLevel.objects.get(person=trainee, competency=typing).level == 3
    page.goto("/me/competencies/")
    expect(page.get_by_text("2 级 → 3 级")).to_be_visible()
    assert LearningPath.objects.get().closed_at is not None


def test_hr_gives_everybody_with_the_gap_what_closes_it(open_as, axe, trainee, typing, hire):
    hr = hire(Role.HR, department="centre", name="人力")
    for name in ("陈晨", "王芳"):
        hire(Role.TRAINEE, name=name, position=trainee.position)
    page = open_as(hr, f"/learning-paths/assign/?competency={typing.pk}")
    assert axe(page) == []
    page.get_by_role("checkbox", name="王芳").uncheck()
    page.get_by_role("button", name="指派给勾选的人").click()
    page.locator("[data-confirm-yes]:visible").click()
    expect(page.locator(".k-job")).to_be_visible()
    made = PathAssignment.objects.get()
    summary = assign_in_job(made.job)  # the worker's part
    Job.objects.filter(pk=made.job_id).update(state="done", summary=summary)
    expect(page.get_by_role("rowheader")).to_have_count(2)  # the page that watched the work shows what came of it
    assert axe(page) == []
    page.get_by_role("button", name="撤销").click()
    page.locator("[data-confirm-yes]:visible").click()
    expect(page.get_by_text("当时无人开始学习")).to_be_visible()
    assert not LearningPath.objects.open().exists()
