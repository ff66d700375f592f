from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.factories.job_plans import JobTaskFactory
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory
from tests.factories.pairings import EvaluationFactory, PlannedPairingFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def mentor(hire):
    return MentorProfileFactory(person=hire(Role.MENTOR, name="李静")).person


@pytest.fixture
def other(hire):
    """Another mentor, with room."""
    return MentorProfileFactory(person=hire(Role.MENTOR, name="赵磊")).person


@pytest.fixture
def mentee(hire):
    return hire(name="王小明")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="陈人力", department="centre")


@pytest.fixture
def supervisor(hire):
    return hire(Role.SUPERVISOR, name="周主管", department="care")


@pytest.fixture
def pairing(mentor, mentee, today):
    """In its fourth week, with a plan of four weeks."""
    return PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=today - timedelta(days=22))


@pytest.fixture
def ready(pairing):
    """The pairing with everything that graduation asks."""
    JobTaskFactory(plan=pairing.plan, done=True)
    CheckInFactory(pairing=pairing, due_on=pairing.started_on, held=True)
    for side in ("mentee", "mentor"):
        for moment in ("half", "end"):
            EvaluationFactory(pairing=pairing, side=side, moment=moment)
    return pairing


@pytest.fixture
def refusal_of() -> Callable[..., tuple[str | None, str]]:
    def of(act, *args, **kwargs):
        with pytest.raises(Refused) as refusal:
            act(*args, **kwargs)
        return refusal.value.field, refusal.value.code

    return of
