"""A trainee follows the own radar down to an attempt on the phone; a supervisor assesses; HR changes the rule."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from assessments.models import Evidence, RatingRule
from assessments.ratings.recording import record
from tests.assessments.ratings.rated import asked_of
from tests.assessments.ratings.test_collecting import taken
from tests.factories.people import PositionFactory
from tests.factories.ratings import piece, rating_rule
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def job(db):
    rating_rule()
    return asked_of(PositionFactory(name="售后客服"))


@pytest.fixture
def trainee(hire, job):
    """She is short of one level of empathy, shown by a quiz today and another system three months ago."""
    return hire(Role.TRAINEE, name="李静", position=job.profile.position)


@pytest.fixture
def attempt(trainee, job, quiz, enrolment):
    now = clock.now()
    for question in quiz.items.all():
        question.question.competency = job.empathy
        question.question.save()
    before = now - 90 * DAY
    pieces = [piece(trainee, of, 55, at=before) for of in job[1:] for _twice in range(2)]
    record(pieces, at=before)
    return taken(enrolment, quiz, 1, 2, at=now - timedelta(hours=1))


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_trainee_follows_the_radar_to_the_attempt_behind_it(open_as, axe, trainee, attempt, theme):
    page = open_as(trainee, "/", phone=True, theme=theme)
    page.get_by_role("link", name="雷达图").click()
    page.wait_for_selector(".k-chart-canvas svg")
    assert axe(page) == []
    assert fits(page)
    page.get_by_role("heading", name="同理心").get_by_role("link").click()
    expect(page.get_by_role("heading", name="3 条依据计入")).to_be_visible()
    assert axe(page) == []
    assert fits(page)
    page.get_by_role("link", name="七天无理由退货").click()
    page.wait_for_url(f"**/attempts/{attempt.pk}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_supervisor_looks_back_and_assesses_on_the_phone(open_as, axe, trainee, attempt, hire):
    supervisor = hire(Role.SUPERVISOR, name="王主管")
    page = open_as(supervisor, f"/people/{trainee.pk}/competencies/", phone=True)
    page.get_by_label("截至日期").fill((clock.today() - DAY).isoformat())
    page.get_by_role("button", name="查看当日").click()
    expect(page.get_by_text("按当日的依据")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="回到今天").click()
    page.get_by_role("heading", name="同理心").get_by_role("link").click()
    page.get_by_role("link", name="评估", exact=True).click()
    assert axe(page) == []
    assert fits(page)
    page.get_by_text("做到第 3 级。").click()
    page.get_by_label("所见表现").fill("两次投诉都先安抚再处理")
    page.get_by_role("button", name="提交评估").click()
    expect(page.get_by_text("两次投诉都先安抚再处理")).to_be_visible()
    assert axe(page) == []
    assert Evidence.objects.get(source="assessment").by == supervisor


def test_hr_sees_whose_level_would_move_and_confirms(open_as, axe, trainee, attempt, hire):
    page = open_as(hire(Role.HR, department="centre"), "/rating-rules/")
    assert axe(page) == []
    page.get_by_role("link", name="修改规则").click()
    page.get_by_label("4 个等级").fill("0, 30, 50, 80")
    page.get_by_label("原因").fill("大促前提高要求")
    page.get_by_role("button", name="预览谁的等级会变").click()
    expect(page.locator("#effects").get_by_role("link", name="李静").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="确认生效").click()
    expect(page.get_by_text("现行规则（第 2 号）")).to_be_visible()
    assert RatingRule.objects.get(number=2).bands["4"] == [0, 30, 50, 80]
