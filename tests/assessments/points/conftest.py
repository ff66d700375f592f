"""A rule of 20 points that halve in 100 days, a person, and the HR who may do everything."""

from datetime import UTC, datetime

import pytest

from assessments.points.models import PointRule
from tests.factories.points import rule_of
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai


@pytest.fixture(autouse=True)
def now(db: None):
    with clock.frozen(NOW):
        yield NOW


@pytest.fixture
def rule(db: None) -> PointRule:
    return rule_of("external", 20, 100)


@pytest.fixture
def gift_rule(db: None) -> PointRule:
    return rule_of("given", 50, 180)


@pytest.fixture
def person(hire) -> User:
    return hire(Role.TRAINEE, name="李静", department="disputes")


@pytest.fixture
def hr(hire) -> User:
    return hire(Role.HR, name="陈思远", department="centre")


@pytest.fixture
def boss(hire) -> User:
    return hire(Role.SUPERVISOR, name="周明", department="care")


@pytest.fixture
def stranger(hire) -> User:
    return hire(Role.TRAINEE, name="王芳", department="sales")
