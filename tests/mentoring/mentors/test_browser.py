"""A mentor keeps the own profile on a phone, a newcomer says whom he would like; HR looks at a mentor at the desk."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from mentoring.availability.actions import save_availability
from mentoring.guidance.actions import save_rule
from mentoring.models import Away, Wish
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.courses import CompetencyFactory, CourseFactory
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def mentor(transactional_db, hire):
    """李静 lacks the certificate 导师上岗认证 that the rules ask for; 赵磊 holds it."""
    certification = CertificationFactory(title="导师上岗认证", courses=[CourseFactory(title="辅导与质检")])
    save_rule(certification=certification, escalate_after=3, evaluate_within=7, at_risk_after=7)
    people = [hire(Role.MENTOR, name=name) for name in ("李静", "赵磊")]
    empathy = CompetencyFactory(title="共情")
    for person in people:
        MentorProfileFactory(person=person, competencies=[empathy], experience="六年售后，带过九位新人")
    save_availability(people[1], shifts=["day"], languages=["cmn", "yue"])
    CertificateFactory(person=people[1], certification=certification, expires_on=date(2100, 1, 1))
    return people[0]


def test_mentor_and_newcomer_say_on_a_phone_what_matching_needs(open_as, axe, hire, mentor):
    page = open_as(mentor, "/", phone=True)
    expect(page.get_by_role("link", name="辅导与质检").first).to_be_visible()
    page.goto("/mentoring/mentors/me/")
    page.get_by_label("白班").check()
    page.get_by_label("粤语").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_label("白班")).to_be_checked()
    today = clock.today()
    page.get_by_label("不在岗首日").fill(today.isoformat())
    page.get_by_label("不在岗末日").fill((today + timedelta(days=2)).isoformat())
    page.get_by_role("button", name="登记不在岗日期").click()
    expect(page.get_by_role("button", name="移除")).to_be_visible()
    assert (axe(page), Away.objects.get().person) == ([], mentor)

    newcomer = hire(name="王小明", hired_on=today - timedelta(days=3))
    page = open_as(newcomer, "/", phone=True)
    page.get_by_role("link", name="我的意向").click()
    expect(page.get_by_text("普通话、粤语")).to_be_visible()
    page.get_by_role("button", name="希望 赵磊").click()
    expect(page.get_by_text("第一志愿", exact=True)).to_be_visible()
    assert axe(page) == []
    assert list(Wish.objects.values_list("person", "other__name", "rank")) == [(newcomer.pk, "赵磊", 1)]


def test_hr_finds_who_is_in_training_and_keeps_relatives_apart(open_as, axe, hire, mentor):
    relative = PairingFactory(mentor=mentor, mentee=hire(name="李小明")).mentee
    page = open_as(hire(Role.HR, name="陈人力"), "/mentoring/mentors/")
    page.get_by_label("状态").select_option(label="培训中")
    expect(page.get_by_text("赵磊")).to_have_count(0)
    assert axe(page) == []
    page.locator("#mentors").get_by_role("link", name="李静").first.click()
    expect(page.get_by_role("link", name="辅导与质检")).to_be_visible()
    expect(page.get_by_role("link", name="李小明")).to_be_visible()
    assert axe(page) == []

    page.goto("/mentoring/rules/")
    expect(page.get_by_text("2 位导师中有 1 位持有有效的“导师上岗认证”")).to_be_visible()
    assert axe(page) == []
    page.goto("/mentoring/apart/new/")
    page.get_by_label("一方", exact=True).fill(mentor.employee_number)
    page.get_by_label("另一方", exact=True).fill(relative.employee_number)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("两人目前正处于带教关系中")).to_be_visible()
    expect(page.get_by_role("row", name="李小明")).to_be_visible()
    assert axe(page) == []
