"""On a phone both agree and evaluate each other; at the desk HR hands the mentee on and lets him graduate."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mentoring.models import Evaluation, Pairing
from tests.factories.job_plans import JobTaskFactory
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory
from tests.factories.pairings import EvaluationFactory, GoalFactory, PlannedPairingFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def pairing(transactional_db, hire):
    """In its last days: the evaluations at the end are asked for."""
    began = clock.today() - timedelta(days=24)
    mentor = MentorProfileFactory(person=hire(Role.MENTOR, name="李静")).person
    made = PlannedPairingFactory(mentor=mentor, mentee=hire(name="王小明"), started_on=began)
    GoalFactory(pairing=made, text="独立处理退换货会话", by_day=began + timedelta(days=20))
    CheckInFactory(pairing=made, due_on=began + timedelta(days=7), held=True)
    JobTaskFactory(plan=made.plan, done=True)
    return made


def test_mentee_agrees_and_evaluates_on_a_phone(open_as, axe, pairing):
    page = open_as(pairing.mentee, "/mentoring/mentor/", phone=True)
    expect(page.get_by_text("独立处理退换货会话")).to_be_visible()
    assert (axe(page), page.evaluate(WIDTH)) == ([], 360)
    page.get_by_role("button", name="我同意").click()
    expect(page.get_by_text("学员已确认")).to_be_visible()

    page.get_by_role("link", name="评价 期末").click()
    expect(page.get_by_text("导师不会看到你的评价")).to_be_visible()
    assert (axe(page), page.evaluate(WIDTH)) == ([], 360)
    for question in page.get_by_role("group").all():
        question.get_by_label("4★").check()
    page.get_by_label("文字评价").fill("讲得很细，愿意花时间")
    page.get_by_role("button", name="提交评价").click()

    expect(page.get_by_text("谢谢，评价已提交。")).to_be_visible()
    assert (Evaluation.objects.get().stars, Pairing.objects.get().mentee_agreed_at is not None) == (4, True)


def test_hr_changes_the_mentor_and_lets_graduate(open_as, axe, hire, pairing):
    MentorProfileFactory(person=hire(Role.MENTOR, name="赵磊"))
    for side in ("mentee", "mentor"):
        EvaluationFactory(pairing=pairing, side=side)
    page = open_as(hire(Role.HR), f"/mentoring/pairings/{pairing.pk}/")
    expect(page.get_by_role("heading", name="结业条件")).to_be_visible()
    assert axe(page) == []

    page.get_by_role("link", name="更换导师").click()
    page.get_by_role("link", name="选择 赵磊").click()
    page.get_by_label("原因").fill("排班调整")
    assert axe(page) == []
    page.get_by_role("button", name="更换导师").click()
    expect(page.get_by_text("今天起由赵磊带教王小明")).to_be_visible()

    page.get_by_role("link", name="结业").click()
    expect(page.get_by_text("双方期末评价")).to_be_visible()
    page.get_by_label("仍予结业的理由").fill("已在原岗位达标")
    assert axe(page) == []
    page.get_by_role("button", name="结业").click()

    expect(page.get_by_text("王小明已结业")).to_be_visible()
    assert list(Pairing.objects.order_by("pk").values_list("end_reason", flat=True)) == ["changed", "reached"]
