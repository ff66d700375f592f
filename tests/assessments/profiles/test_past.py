"""The jobs of people on past days, by the record of changes."""

from datetime import timedelta

import pytest

from assessments.profiles.past import Job, jobs_on
from tests.assessments.profiles.conftest import move
from tests.factories.people import DepartmentFactory, PersonFactory, PositionFactory
from trainingsite.core import clock
from trainingsite.people.models import User

DAY = timedelta(days=1)


@pytest.fixture
def moved(db):
    """Somebody hired as an agent ten days ago, who became a senior agent five days ago."""
    agent, senior = PositionFactory(name="客服专员"), PositionFactory(name="高级客服专员")
    person = PersonFactory(position=agent, grade="P2", department=DepartmentFactory())
    person.position, person.grade = senior, "P3"
    person.save()
    hired, raised = User.pgh_event_model.objects.filter(pgh_obj=person).order_by("pgh_id")
    move(hired, clock.now() - 10 * DAY)
    move(raised, clock.now() - 5 * DAY)
    return person, Job(agent.pk, "P2", person.department_id), Job(senior.pk, "P3", person.department_id)


def test_the_job_of_a_past_day_is_the_one_had_then(moved):
    person, before, after = moved
    today = clock.today()
    found = {ago: jobs_on([person.pk], today - ago * DAY)[person.pk] for ago in (10, 6, 5, 1, 0)}
    assert found == {10: before, 6: before, 5: after, 1: after, 0: after}


def test_before_somebody_was_on_record_the_first_job_is_taken(moved):
    person, before, _after = moved
    assert jobs_on([person.pk], clock.today() - 100 * DAY) == {person.pk: before}


def test_a_day_to_come_has_the_job_of_today(moved):
    person, _before, after = moved
    assert jobs_on([person.pk], clock.today() + 30 * DAY) == {person.pk: after}


def test_unknown_people_are_missing(moved):
    person, before, _after = moved
    assert jobs_on([person.pk, 10**9], clock.today() - 7 * DAY) == {person.pk: before}


@pytest.mark.parametrize("people", [1, 30])
def test_a_past_day_takes_two_queries(db, people, django_assert_num_queries):
    made = [PersonFactory().pk for _n in range(people)]
    yesterday = clock.today() - DAY
    with clock.frozen(clock.now()), django_assert_num_queries(2):
        assert jobs_on(made, yesterday) == dict.fromkeys(made, Job(None, "", None))
