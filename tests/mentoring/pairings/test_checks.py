"""Why two people are not paired: each reason by its code, and in words that name both."""

from datetime import date, timedelta

import pytest

from mentoring.models import Away, GuidanceRule, KeepApart
from mentoring.pairings.checks import PairingProblem, why_not
from mentoring.pairings.managers import leaders_of
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.careers import NOON
from tests.factories.courses import MONDAY
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User


def code(mentor, mentee, on=MONDAY):
    problem = why_not(mentor, mentee, on=on)
    return problem and problem.code


def test_nothing_speaks_against_two_strangers(mentor, mentee):
    assert why_not(mentor, mentee, on=MONDAY) is None


def test_nobody_guides_oneself(mentor):
    assert code(mentor, mentor) == PairingProblem.OWN_MENTOR


def test_who_has_left_is_not_guided(mentor, hire):
    assert code(mentor, hire(left_on=MONDAY)) == PairingProblem.MENTEE_NOT_EMPLOYED


@pytest.mark.parametrize("fields", [{"is_active": False}, {"person__left_on": MONDAY}, {"person__is_active": False}])
def test_who_takes_nobody_guides_nobody(mentee, fields):
    assert code(MentorProfileFactory(**fields).person, mentee) == PairingProblem.NOT_A_MENTOR


def test_full_mentor_is_named_with_the_places(mentee):
    mentor = MentorProfileFactory(full=True).person

    assert why_not(mentor, mentee, on=MONDAY).text == "李静已带 2 人，名额已满。"


def test_open_pairing_stands_against_a_second_one(mentor, other, mentee):
    PairingFactory(mentor=other, mentee=mentee)

    problem = why_not(mentor, mentee, on=MONDAY)

    assert (problem.code, "赵磊" in problem.text) == (PairingProblem.HAS_MENTOR, True)


def test_pairing_that_would_begin_before_an_earlier_one_ended_overlaps_it(mentor, mentee):
    PairingFactory(mentee=mentee, ended=True)

    assert [code(mentor, mentee, on=day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == ["overlaps", None]


@pytest.mark.parametrize("steps", [1, 2])
def test_manager_and_managers_manager_guide_nobody_below_them(mentor, hire, steps):
    manager = mentor
    for _ in range(steps - 1):
        manager = hire(manager=manager)

    assert code(mentor, hire(manager=manager)) == PairingProblem.LINE_MANAGER


@pytest.mark.parametrize(("department", "expected"), [("centre", True), ("care", True), ("sales", False)])
def test_supervisor_of_the_department_or_above_is_no_mentor(mentor, mentee, company, department, expected):
    RoleGrant.objects.create(user=mentor, role=Role.SUPERVISOR, department=company[department])

    assert (code(mentor, mentee) == PairingProblem.LINE_MANAGER) is expected


def test_managers_that_lead_in_a_circle_do_no_harm(hire):
    one = hire()
    other = hire(manager=one)
    User.objects.filter(pk=one.pk).update(manager=other)

    assert leaders_of([one.pk]) == {(one.pk, other.pk)}


def test_leaders_of_many_take_one_query(hire, django_assert_num_queries):
    above = hire()
    people = [hire(manager=above).pk for _ in range(3)]

    with django_assert_num_queries(1):
        assert leaders_of(people) == {(person, above.pk) for person in people}


def test_two_who_are_kept_apart_are_refused_without_the_reason(mentor, mentee):
    one, two = sorted((mentor, mentee), key=lambda person: person.pk)
    KeepApart.objects.create(one=one, other=two, reason="relatives", note="夫妻")

    problem = why_not(mentor, mentee, on=MONDAY)

    assert (problem.code, "夫妻" in problem.text) == (PairingProblem.KEPT_APART, False)


@pytest.mark.parametrize(
    ("issued", "expires", "expected"),
    [(None, None, "no_certificate"), (-9, -1, "no_certificate"), (1, 9, "no_certificate"), (-9, 0, None)],
    ids=["none", "expired", "issued later", "held"],
)
def test_mentor_needs_the_certificate_of_the_rule(mentor, mentee, issued, expires, expected):
    certification = CertificationFactory(title="导师上岗认证")
    GuidanceRule.objects.create(pk=1, certification=certification)
    if issued is not None:
        days = {"issued_on": MONDAY + timedelta(days=issued), "expires_on": MONDAY + timedelta(days=expires)}
        CertificateFactory(person=mentor, certification=certification, **days)

    assert code(mentor, mentee) == expected


def test_revoked_certificate_counts_no_more(mentor, mentee):
    certification = CertificationFactory()
    CertificateFactory(person=mentor, certification=certification, revoked_at=NOON, revoked_reason="误发")
    GuidanceRule.objects.create(pk=1, certification=certification)

    assert code(mentor, mentee) == "no_certificate"


def test_mentor_who_is_away_on_the_day_is_refused(mentor, mentee):
    Away.objects.create(person=mentor, first_day=MONDAY, last_day=MONDAY)

    assert [code(mentor, mentee, on=MONDAY + timedelta(days=n)) for n in (-1, 0, 1)] == [None, "mentor_away", None]


def test_all_of_it_takes_ten_queries_at_most(mentor, mentee, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        why_not(mentor, mentee, on=MONDAY)


def test_person_without_a_profile_is_no_mentor(mentee):
    assert code(PersonFactory(), mentee) == PairingProblem.NOT_A_MENTOR
