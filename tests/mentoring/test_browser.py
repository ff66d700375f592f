"""HR pairs a newcomer at the desk; the newcomer sees the mentor and when they talk next."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mentoring.models import Pairing
from tests.factories.courses import CompetencyFactory, CourseFactory, EnrolmentFactory, TopicFactory
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def topics(transactional_db):
    return [TopicFactory(title=title) for title in ("平台规则", "投诉处理", "沟通技巧")]


@pytest.fixture
def competencies(transactional_db):
    return [CompetencyFactory(title=title) for title in ("平台规则", "投诉处理", "沟通技巧")]


@pytest.fixture
def newcomer(topics, hire):
    person = hire(name="王小明", department="disputes", hired_on=clock.today() - timedelta(days=3))
    EnrolmentFactory(person=person, course=CourseFactory(topic=topics[1], title="投诉处理五步法"))
    return person


@pytest.fixture
def mentors(competencies, hire):
    made = []
    for number, (name, department) in enumerate(
        [("李静", "disputes"), ("赵磊", "care"), ("孙悦", "sales"), ("周敏", "sales")]
    ):
        person = hire(Role.MENTOR, name=name, department=department)
        made.append(MentorProfileFactory(person=person, competencies=competencies[number % 3 :], capacity=3))
    return [profile.person for profile in made]


def test_hr_pairs_a_newcomer_with_the_proposed_mentor(open_as, axe, hire, newcomer, mentors):
    page = open_as(hire(Role.HR, name="陈人力"), "/mentoring/newcomers/")
    assert axe(page) == []
    page.get_by_role("link", name="选导师 王小明").click()
    expect(page.get_by_text("目前带 0/3 人").first).to_be_visible()
    assert axe(page) == []

    page.get_by_role("link", name="选择 李静").click()
    assert axe(page) == []
    page.get_by_role("button", name="确认配对").click()
    expect(page.get_by_role("alert")).to_contain_text("带教目标")
    page.get_by_label("带教目标").fill("四周内独立处理投诉工单")
    page.get_by_role("button", name="确认配对").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("王小明")
    expect(page.get_by_text("四周内独立处理投诉工单")).to_be_visible()
    assert axe(page) == []
    pairing = Pairing.objects.get()
    assert (pairing.mentor, pairing.mentee) == (mentors[0], newcomer)
    assert set(Notice.objects.values_list("person", flat=True)) == {mentors[0].pk, newcomer.pk}


def test_hr_finds_another_mentor_by_pinyin(open_as, hire, newcomer, mentors):
    page = open_as(hire(Role.HR), f"/mentoring/newcomers/{newcomer.pk}/mentor/")

    page.get_by_role("searchbox", name="搜索导师").press_sequentially("zhoumin")

    expect(page.locator("#found").get_by_role("link", name="选择 周敏")).to_be_visible()


def test_mentee_sees_the_mentor_and_the_next_checkin_on_the_first_page(open_as, axe, hire, mentors):
    mentee, today = hire(name="王小明"), clock.today()
    CheckInFactory(pairing=PairingFactory(mentor=mentors[0], mentee=mentee), due_on=today + timedelta(days=1))

    page = open_as(mentee, "/", phone=True, theme="dark")

    panel = page.locator("section", has=page.get_by_role("heading", name="我的导师"))
    expect(panel).to_contain_text("李静")
    expect(panel).to_contain_text("明天")
    assert axe(page) == []
