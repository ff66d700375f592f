"""Who can be chosen for a round, on which list, and which mentors have places."""

from datetime import timedelta

import pytest

from mentoring.matching.choosing import Who, candidates, offer, pool
from mentoring.models import Away, GuidanceRule
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.learning_paths import has_level
from tests.factories.mentoring import PairingFactory
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


def names(rows):
    return [row.person.name for row in rows]


@pytest.fixture
def listed(hr, today):
    return lambda who, **narrowed: candidates(who, hr, on=today, **narrowed)


def test_newcomers_are_chosen_the_latest_first_and_after_those_who_lost_their_mentor(listed, mentee, mentor, today):
    PairingFactory(mentor=mentor("离职", left_on=today), mentee=mentee("失去导师"))
    mentee("上周", hired_on=today - 7 * DAY)
    mentee("昨天", hired_on=today - DAY)
    PairingFactory(mentor=mentor(), mentee=mentee("有导师", hired_on=today))

    rows = listed(Who.NEW)

    assert names(rows) == ["失去导师", "昨天", "上周"]
    assert [row.is_chosen for row in rows] == [True, True, True]


def test_the_list_of_the_left_names_the_mentor_who_is_gone(listed, mentee, mentor, today):
    mentee("新人", hired_on=today)
    PairingFactory(mentor=mentor("李静", left_on=today), mentee=mentee("王小明"))

    (row,) = listed(Who.LEFT)

    assert (row.person.name, "李静" in row.why) == ("王小明", True)


def test_people_with_gaps_are_not_chosen_beforehand_and_the_widest_come_first(listed, mentee, mentor, skills):
    half, none, guided = mentee("差一半"), mentee("无差距"), mentee("有导师")
    mentee("全差")
    has_level(half, skills["empathy"], 4)
    for skill in skills.values():
        has_level(none, skill, 5)
    PairingFactory(mentor=mentor(), mentee=guided)

    rows = listed(Who.GAPS)

    assert names(rows) == ["全差", "差一半"]
    assert [row.is_chosen for row in rows] == [False, False]
    assert ["3" in rows[0].why, "2" in rows[1].why] == [True, True]


@pytest.mark.parametrize("who", list(Who))
def test_each_list_is_narrowed_to_a_department(listed, mentee, mentor, company, today, who):
    PairingFactory(mentor=mentor("离职", left_on=today), mentee=mentee("失去导师", department="sales"))
    mentee("新人", department="sales", hired_on=today)

    assert listed(who, department=company["care"]) == []
    assert listed(who, department=company["sales"]) != []


def test_people_who_left_and_staff_without_training_are_on_no_list(listed, mentee, hire, today):
    mentee("已离职", hired_on=today - DAY, left_on=today)
    mentee("无登录", hired_on=today, is_active=False)
    hire(Role.INSTRUCTOR, name="讲师", hired_on=today)

    assert [names(listed(who)) for who in Who] == [[], [], []]


def test_mentors_who_cannot_take_anybody_are_counted_with_the_reason(mentor, today):
    rule = GuidanceRule.objects.create(pk=1, certification=CertificationFactory())
    away, full, ready = mentor("外出"), mentor("满员", load=3), mentor("可带", load=1)
    for person in (away, full, ready):
        CertificateFactory(person=person, certification=rule.certification, expires_on=today + 90 * DAY)
    mentor("无证")
    Away.objects.create(person=away, first_day=today, last_day=today)

    found = pool(today)

    assert [(row.person.name, row.load, row.free) for row in found.mentors] == [("可带", 1, 2)]
    assert len(found.without) == 3


def test_mentors_of_the_round_stay_on_the_list_whatever_holds(mentor, today):
    full = mentor("满员", load=3)

    assert [row.person for row in pool(today, kept={full.pk}).mentors] == [full]


@pytest.mark.parametrize(
    ("written", "held", "chosen"), [({}, None, [2]), ({}, {}, [0]), ("1", None, [1]), ("1", {}, [1]), ("x", None, [])]
)
def test_places_are_as_written_else_as_held_else_all_that_are_free(mentor, today, written, held, chosen):
    person = mentor("李静", load=1)
    mentors = pool(today)

    offer(mentors, {person.pk: written} if written else {}, held)

    (row,) = mentors.mentors
    assert [number for number, _words, is_chosen in row.choices if is_chosen] == chosen
    assert [number for number, _words, _chosen in row.choices] == [0, 1, 2]
