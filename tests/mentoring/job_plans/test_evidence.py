"""What a signed task is worth: the middle of the level that the mentee's job asks."""

from decimal import Decimal

import pytest

from assessments.models import Evidence
from mentoring.job_plans.evidence import pieces_of
from mentoring.job_plans.models import JobTask
from mentoring.job_plans.source import where
from tests.factories.job_plans import JobTaskFactory
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.profiles import competency, need, profile_of
from trainingsite.core import clock


@pytest.fixture
def listening(db):
    return competency("倾听")


def worth(*tasks):
    rows = JobTask.objects.filter(pk__in=[task.pk for task in tasks]).select_related("plan", "competency")
    return [piece.score for piece in pieces_of(list(rows), clock.now())]


def done(competency, **fields):
    return JobTaskFactory(competency=competency, done=True, **fields)


def test_without_a_profile_it_is_worth_the_lowest_level(listening):
    assert worth(done(listening)) == [Decimal("22.50")]


@pytest.mark.parametrize(("level", "score"), [(1, "22.50"), (3, "67.50"), (5, "95.00")])
def test_profile_says_what_it_is_worth(listening, level, score):
    position = PositionFactory()
    profile_of(need(listening, level, 100), position=position)

    assert worth(done(listening, plan__mentee=PersonFactory(position=position))) == [Decimal(score)]


def test_competency_that_the_profile_does_not_ask_is_worth_the_lowest_level(listening):
    position = PositionFactory()
    profile_of(need(competency("共情"), 4, 100), position=position)

    assert worth(done(listening, plan__mentee=PersonFactory(position=position))) == [Decimal("22.50")]


def test_only_what_is_done_and_names_a_competency_is_worth_something(listening):
    assert worth(JobTaskFactory(competency=listening, waiting=True), done(None)) == []


@pytest.mark.parametrize("tasks", [1, 30])
def test_many_tasks_take_as_many_queries_as_one(listening, tasks, django_assert_max_num_queries):
    made = [done(listening) for _number in range(tasks)]
    with django_assert_max_num_queries(11):
        assert len(worth(*made)) == tasks


def test_evidence_leads_to_the_task_and_nowhere_when_it_is_gone(listening):
    task = done(listening)
    known = Evidence(key=f"job-task:{task.pk}#2")

    assert where(known, task.plan.mentee).endswith(f"/mentoring/plans/{task.plan_id}/#task-{task.pk}")
    assert where(Evidence(key="job-task:0"), task.plan.mentee) == ""
    assert where(Evidence(key="job-task:x"), task.plan.mentee) == ""
