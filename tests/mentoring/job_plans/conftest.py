from datetime import timedelta

import pytest

from tests.factories.job_plans import JobPlanFactory, JobTaskFactory
from tests.factories.mentoring import PairingFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role


@pytest.fixture
def mentee(hire):
    return hire(department="disputes", name="王小明")


@pytest.fixture
def mentor(hire):
    return hire(Role.MENTOR, name="李静")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="陈人力", department="centre")


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def plan(mentee, mentor, today):
    """In its second week today, with the mentor."""
    plan = JobPlanFactory(mentee=mentee, started_on=today - timedelta(days=8))
    PairingFactory(mentor=mentor, mentee=mentee, plan=plan, started_on=plan.started_on)
    return plan


@pytest.fixture
def task(plan):
    return JobTaskFactory(plan=plan, text="旁听十段会话")


@pytest.fixture
def tasks(plan):
    """To be signed in the first week, waiting for the mentor in the second, and not yet begun."""
    return [
        JobTaskFactory(plan=plan, text="旁听"),
        JobTaskFactory(plan=plan, text="一起接待", week=2, phase="together", waiting=True),
        JobTaskFactory(plan=plan, text="独立接待", week=3, phase="alone"),
    ]
