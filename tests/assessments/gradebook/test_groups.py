"""Groups compared: who is in which, what is said of it, and what is not shown."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from assessments.gradebook.groups import COHORT, DEPARTMENT, PROGRAMME, Group, compare, wilson
from tests.assessments.conftest import NOON
from tests.assessments.gradebook.trying import tried
from tests.factories.courses import EnrolmentFactory
from tests.factories.people import PersonFactory
from trainingsite.people.models import User

TODAY = date(2026, 6, 2)


@pytest.fixture
def some(quiz):
    """`some(6, passed=4, department=…)`: people of whom the first four passed with 90; the others failed with 30."""

    def make(number, *, passed, **fields):
        people = [PersonFactory(**fields) for _ in range(number)]
        for place, person in enumerate(people):
            tried(EnrolmentFactory(person=person, course=quiz.unit.course), quiz, 90 if place < passed else 30)
        return people

    return make


def found(book, kind):
    one = book()
    return compare(one.columns, one.members(on=TODAY), kind)


def test_departments_in_the_order_of_the_tree(some, book, company):
    some(6, passed=3, department=company["sales"])
    some(5, passed=5, department=company["care"])
    groups = found(book, DEPARTMENT).groups
    assert groups == [Group("售前服务部", 6, 60.0, 3), Group("售后服务部", 5, 90.0, 5)]


def test_a_small_group_is_counted_and_not_shown(some, book, company):
    some(4, passed=4, department=company["sales"])
    some(5, passed=5, department=company["care"])
    comparison = found(book, DEPARTMENT)
    assert ([group.name for group in comparison.groups], comparison.hidden) == (["售后服务部"], 1)


def test_cohorts_are_quarters_of_being_hired(some, book):
    some(5, passed=5, hired_on=date(2026, 2, 1))
    some(5, passed=0, hired_on=date(2025, 11, 30))
    some(5, passed=5, hired_on=None)
    assert [(group.name, group.passed) for group in found(book, COHORT).groups] == [("2025 Q4", 0), ("2026 Q1", 5)]


def test_who_takes_two_programmes_is_in_both(some, book, quiz, programme_of, taking_part):
    first, second = programme_of(quiz.unit.course), programme_of(quiz.unit.course)
    for person in some(6, passed=6):
        taking_part(first, person)
        taking_part(second, person)
    assert [(group.name, group.people) for group in found(book, PROGRAMME).groups] == [
        (first.title, 6),
        (second.title, 6),
    ]


def test_who_has_no_result_is_in_no_group(some, book, quiz, company):
    some(5, passed=5, department=company["care"])
    EnrolmentFactory(person=PersonFactory(department=company["care"]), course=quiz.unit.course)
    waits = EnrolmentFactory(person=PersonFactory(department=company["care"]), course=quiz.unit.course)
    tried(waits, quiz, 0, state="submitted", at=NOON + timedelta(days=1))
    assert [group.people for group in found(book, DEPARTMENT).groups] == [5]


def test_a_comparison_takes_two_queries(some, book, company):
    some(5, passed=5, department=company["care"])
    one = book()
    with CaptureQueriesContext(connection) as made:
        compare(one.columns, User.objects.all(), DEPARTMENT)
    assert len(made) == 2


@pytest.mark.parametrize(
    ("people", "passed", "verdict"), [(500, 490, "reached"), (500, 440, "missed"), (20, 19, "open"), (5, 5, "open")]
)
def test_chance_is_told_from_a_difference(people, passed, verdict):
    assert Group("", people, 80.0, passed).verdict == verdict


def test_the_target_is_a_setting(settings):
    settings.PASS_RATE_TARGET = 60
    assert Group("", 100, 80.0, 80).verdict == "reached"


def test_wilson_s_interval_by_hand():
    # 19 of 20: (0.95 + 3.8416/40) / (1 + 3.8416/20) = 0.87751; half 1.96·√(0.0475/20 + 3.8416/1600) / 1.19208
    low, high = wilson(19, 20)
    assert (round(low, 4), round(high, 4)) == (0.7639, 0.9911)


@given(st.integers(min_value=1, max_value=3000), st.data())
def test_the_interval_holds_the_share_and_narrows(n, data):
    hits = data.draw(st.integers(min_value=0, max_value=n))
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n + 1e-9
    assert hits / n - 1e-9 <= high <= 1
    wider = wilson(hits * 4, n * 4)
    assert wider[1] - wider[0] <= high - low


def test_of_nobody_everything_is_possible():
    assert wilson(0, 0) == (0.0, 1.0)
