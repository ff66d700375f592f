from datetime import date

import pytest
from django.utils import translation

from mentoring.matching.actions import propose
from tests.factories.courses import MONDAY, CourseFactory, EnrolmentFactory, TopicFactory
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from tests.factories.people import PersonFactory, PositionFactory
from trainingsite.people.access.roles import Role

NEW = date(2026, 6, 1)


@pytest.fixture
def topics(db):
    names = {"rules": "平台规则", "talk": "沟通技巧", "complaints": "投诉处理"}
    return {slug: TopicFactory(slug=slug, title=title, position=n) for n, (slug, title) in enumerate(names.items())}


@pytest.fixture
def mentee(hire, topics):
    """Newly hired into 投诉专席, enrolled in courses of 平台规则 and 投诉处理."""
    person = hire(department="disputes", name="王小明", hired_on=NEW)
    for slug in ("rules", "complaints"):
        EnrolmentFactory(person=person, course=CourseFactory(topic=topics[slug]))
    return person


@pytest.fixture
def mentor(hire, topics):
    def make(name, *slugs, department="disputes", load=0, hired_on=NEW, **fields):
        person = hire(Role.MENTOR, department=department, name=name, hired_on=hired_on)
        profile = MentorProfileFactory(person=person, topics=[topics[slug] for slug in slugs], capacity=3, **fields)
        for _ in range(load):
            PairingFactory(mentor=person)
        return profile

    return make


def ranking(mentee):
    return [(proposal.mentor.name, proposal.score) for proposal in propose(mentee, on=MONDAY)]


def test_skills_count_45_free_places_25_closeness_20_experience_10(mentee, mentor):
    mentor("满分", "rules", "complaints", hired_on=date(2024, 1, 1))
    mentor("半数技能", "rules", department="care", load=1)
    mentor("只有空位", "talk", department="sales")

    assert ranking(mentee) == [("满分", 100), ("半数技能", 54), ("只有空位", 30)]


def test_three_are_proposed_of_many_and_the_mentee_is_none_of_them(mentee, mentor):
    MentorProfileFactory(person=mentee)
    for name in ("甲", "乙", "丙", "丁"):
        mentor(name)

    assert len(ranking(mentee)) == 3


def test_equal_scores_go_by_name(mentee, mentor):
    for name in ("赵六", "陈一", "李四"):
        mentor(name)

    assert [name for name, _score in ranking(mentee)] == ["陈一", "李四", "赵六"]


def test_full_resting_and_departed_mentors_are_left_out(mentee, mentor):
    mentor("满员", load=3)
    mentor("休息", is_active=False)
    gone = mentor("离职").person
    gone.left_on = MONDAY
    gone.save()

    assert ranking(mentee) == []


def test_reasons_say_it_in_words(mentee, mentor):
    mentor("张磊", "complaints", "rules", "talk", load=1, hired_on=date(2025, 1, 1))

    with translation.override("zh-hans"):
        (proposal,) = propose(mentee, on=MONDAY)
        reasons = proposal.reasons

    assert reasons == ["擅长：平台规则、投诉处理", "目前带 1/3 人", "同在投诉专席", "入职 16 个月"]


def test_weak_results_weigh_double(mentee, mentor, topics, graded):
    graded(mentee, topics["complaints"], score=40)
    mentor("规则", "rules")
    mentor("投诉", "complaints")

    assert [name for name, _score in ranking(mentee)] == ["投诉", "规则"]


def test_newcomer_without_plan_and_results_is_matched_by_the_position(hire, mentor, topics):
    position = PositionFactory()
    EnrolmentFactory(person=PersonFactory(position=position), course=CourseFactory(topic=topics["talk"]))
    mentor("规则", "rules")
    mentor("沟通", "talk")

    names = [name for name, _score in ranking(hire(department="disputes", position=position))]

    assert names == ["沟通", "规则"]


@pytest.mark.parametrize("mentors", [1, 30])
def test_proposing_takes_three_queries(mentee, mentor, mentors, django_assert_num_queries):
    for number in range(mentors):
        mentor(f"导师{number}", "rules", load=number % 3)

    with django_assert_num_queries(3):
        propose(mentee, on=MONDAY)
