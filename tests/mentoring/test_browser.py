"""HR pairs a newcomer at the desk; the mentor notes a check-in on a phone; the newcomer sees when they talk next."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mentoring.checkins.actions import remind
from mentoring.models import CheckIn, Pairing
from tests.factories.courses import CourseFactory, EnrolmentFactory, TopicFactory
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def topics(transactional_db):
    return [TopicFactory(title=title) for title in ("平台规则", "投诉处理", "沟通技巧")]


@pytest.fixture
def newcomer(topics, hire):
    person = hire(name="王小明", department="disputes", hired_on=clock.today() - timedelta(days=3))
    EnrolmentFactory(person=person, course=CourseFactory(topic=topics[1], title="投诉处理五步法"))
    return person


@pytest.fixture
def mentors(topics, hire):
    made = []
    for number, (name, department) in enumerate(
        [("李静", "disputes"), ("赵磊", "care"), ("孙悦", "sales"), ("周敏", "sales")]
    ):
        person = hire(Role.MENTOR, name=name, department=department)
        made.append(MentorProfileFactory(person=person, topics=topics[number % 3 :], capacity=3))
    return [profile.person for profile in made]


def test_hr_pairs_a_newcomer_with_the_proposed_mentor(open_as, axe, hire, newcomer, mentors):
    page = open_as(hire(Role.HR, name="陈人力"), "/mentoring/newcomers/")
    assert axe(page) == []
    page.get_by_role("link", name="选导师 王小明").click()
    expect(page.get_by_text("擅长：投诉处理").first).to_be_visible()
    expect(page.get_by_text("目前带 0/3 人").first).to_be_visible()
    expect(page.get_by_text("同在投诉专席")).to_be_visible()
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


def test_mentor_notes_a_checkin_on_a_phone_and_is_reminded_of_the_next(open_as, axe, hire, mentors):
    today = clock.today()
    pairing = PairingFactory(mentor=mentors[0], mentee=hire(name="王小明"), started_on=today - timedelta(days=10))
    CheckInFactory(pairing=pairing, due_on=today - timedelta(days=1))
    page = open_as(mentors[0], "/", phone=True)
    expect(page.get_by_role("heading", name="本周需要我跟进的学员")).to_be_visible()
    page.get_by_role("navigation", name="常用").get_by_role("link", name="我的学员").click()
    expect(page.get_by_text("已逾期").first).to_be_visible()
    assert axe(page) == []

    page.get_by_role("link", name="记录面谈 王小明").click()
    page.get_by_label("面谈内容").fill("一起复盘了三通升级电话")
    page.get_by_label("符合预期").check()
    page.get_by_label("下一步").fill("独立处理简单退货")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="保存面谈记录").click()

    expect(page.get_by_text("与王小明的面谈已记录。")).to_be_visible()
    planned = CheckIn.objects.planned().get()
    assert (CheckIn.objects.held().get().held_on, planned.due_on > today) == (today, True)
    assert (remind(on=planned.due_on), remind(on=planned.due_on)) == (2, 0)


def test_mentee_sees_the_mentor_and_the_next_checkin_on_the_first_page(open_as, axe, hire, mentors):
    mentee, today = hire(name="王小明"), clock.today()
    CheckInFactory(pairing=PairingFactory(mentor=mentors[0], mentee=mentee), due_on=today + timedelta(days=1))

    page = open_as(mentee, "/", phone=True, theme="dark")

    panel = page.locator("section", has=page.get_by_role("heading", name="我的导师"))
    expect(panel).to_contain_text("李静")
    expect(panel).to_contain_text("明天")
    assert axe(page) == []
