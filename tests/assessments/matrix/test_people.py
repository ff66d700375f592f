"""Whose competencies are looked at, today and on a past day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.matrix.people import Choice, chosen, in_care
from assessments.profiles.fitting import asked_on
from assessments.profiles.past import Job
from tests.factories.people import PositionFactory
from tests.factories.profiles import MAY
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Position, User


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def pick(hire, desk, today):
    """`pick(called=…, department=…)`: the names that the choice leaves for HR, who is called 周全."""
    hr = hire(Role.HR, name="周全")
    asked = asked_on(Position.objects.values("pk"), MAY)

    def choose(**choice):
        return [person.name for person in chosen(in_care(hr, today), Choice(**choice), asked)]

    return choose


def test_without_a_choice_it_is_everybody_in_care(pick):
    assert pick() == ["安琪", "边城", "蔡明", "周全"]


def test_a_department_holds_those_below_it(pick, company):
    assert pick(department=company["care"]) == ["安琪", "边城", "蔡明", "周全"]
    assert pick(department=company["disputes"]) == ["边城"]
    assert pick(department=company["sales"]) == []


def test_choices_narrow_each_other(pick, company, profile):
    assert pick(profile=profile.pk) == ["安琪", "边城", "蔡明"]
    assert pick(profile=profile.pk, called="caim", department=company["care"]) == ["蔡明"]
    assert pick(profile=profile.pk + 1) == []


def test_a_person_has_the_job_of_today(hire, desk, today, agent, company):
    person = chosen(in_care(hire(Role.HR), today), Choice(called="bianch"), {})[0]
    assert (person.number, person.job) == (desk["边城"].employee_number, Job(agent.pk, "", company["disputes"].pk))


def test_on_a_past_day_people_stand_where_they_were(pick, desk, today, company):
    """Before anything was recorded the first record counts, whatever happened since."""
    User.objects.filter(pk=desk["边城"].pk).update(department=company["sales"], position=PositionFactory(name="店长"))
    past = today - timedelta(days=30)
    assert pick(department=company["disputes"]) == []
    assert pick(department=company["disputes"], past=past) == ["边城"]
    assert pick(department=company["sales"], past=past) == []


def test_a_past_profile_is_that_of_the_job_then(pick, desk, today, profile):
    User.objects.filter(pk=desk["边城"].pk).update(position=None)
    assert pick(profile=profile.pk) == ["安琪", "蔡明"]
    assert pick(profile=profile.pk, past=today - timedelta(days=30)) == ["安琪", "边城", "蔡明"]


def test_who_has_left_or_is_not_hired_yet_is_not_there(pick, desk, today):
    User.objects.filter(pk=desk["安琪"].pk).update(left_on=today)
    User.objects.filter(pk=desk["边城"].pk).update(hired_on=today + timedelta(days=1))
    assert pick() == ["蔡明", "周全"]


@pytest.mark.parametrize(("past", "queries"), [(False, 1), (True, 5)])
def test_choosing_takes_a_fixed_number_of_queries(hire, desk, today, company, past, queries):
    people, when = in_care(hire(Role.HR), today), today - timedelta(days=30) if past else None
    with CaptureQueriesContext(connection) as made:
        chosen(people, Choice(department=company["care"], past=when), {})
    assert len(made) <= queries
