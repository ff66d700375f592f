"""What the first page and the page of a person say of competencies; and the mean of a team on a past day."""

from datetime import date

import pytest
from django.utils import translation

from assessments.ratings.looks import Look
from assessments.ratings.panels import mine, seen
from assessments.ratings.reckoning import Derived
from assessments.ratings.team import mean_levels, team_of
from tests.assessments.ratings.rated import asked_of
from tests.factories.people import PositionFactory
from tests.factories.ratings import NOON, rate
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def _noon_in_english():
    with clock.frozen(NOON), translation.override("en"):
        yield


@pytest.fixture
def position(db):
    return PositionFactory(name="售后客服")


@pytest.fixture
def asked(rule, position):
    return asked_of(position)


@pytest.fixture
def jing(hire, position):
    return hire(Role.TRAINEE, name="李静", position=position)


def shown(data):
    return data["fit_shown"], data["standing"][1], [(str(line.competency), line.state[1]) for line in data["gaps"]]


def test_the_first_page_tells_fit_and_what_would_help_most(jing, asked, django_assert_num_queries):
    rate(jing, asked.empathy, 60, 64)
    rate(jing, asked.typing, 90, 95)
    with django_assert_num_queries(6):
        data = mine(jing, TODAY)
    assert shown(data) == ("63%", "Has gaps", [("投诉闭环", "No level yet"), ("同理心", "1 level short")])
    assert data["rated"]


def test_without_any_level_the_panel_asks_for_none(jing, asked):
    assert mine(jing, TODAY)["rated"] is False


def test_whoever_meets_the_profile_has_no_gap_listed(jing, asked):
    for of in asked[1:]:
        rate(jing, of, 90, 95)
    assert shown(mine(jing, TODAY)) == ("100%", "Meets the profile", [])


def test_without_a_position_or_a_profile_there_is_no_panel(hire, rule, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert mine(User(position=None), TODAY) == {}
    assert mine(hire(Role.TRAINEE, position=PositionFactory(name="质检专员")), TODAY) == {}


def test_only_who_sees_the_person_sees_the_panel(jing, asked, hire):
    rate(jing, asked.empathy, 60, 64)
    supervisor, other = hire(Role.SUPERVISOR), hire(Role.SUPERVISOR, department="sales")
    assert seen(supervisor, jing, TODAY) == mine(jing, TODAY)
    assert seen(other, jing, TODAY) == {}


def team(person, *, day=TODAY, past=False):
    return set(team_of(person, person.department_id, Look(day, NOON, past=past)))


def test_a_team_is_who_works_in_the_department(jing, hire):
    here = [hire(Role.TRAINEE), hire(Role.TRAINEE)]
    hire(Role.TRAINEE, left_on=date(2026, 5, 1))
    hire(Role.TRAINEE, department="sales")
    assert team(jing) == {jing.pk, *(person.pk for person in here)}


def test_a_past_team_is_who_worked_there_then(jing, hire, company):
    gone = hire(Role.TRAINEE, left_on=date(2026, 5, 20))
    moved = hire(Role.TRAINEE)
    moved.department = company["sales"]
    moved.save()
    assert team(jing, day=date(2026, 5, 10), past=True) == {jing.pk, gone.pk, moved.pk}


def test_without_a_department_the_team_is_oneself(hire):
    loner = hire(Role.TRAINEE, department=None)
    assert team(loner) == team(loner, past=True) == {loner.pk}


def test_the_mean_leaves_out_who_has_no_level_and_needs_five():
    levels = {pk: {1: Derived(level=pk % 2 + 2), 2: Derived(level=3 if pk else None)} for pk in range(5)}
    assert mean_levels(levels) == {1: 2.4}
