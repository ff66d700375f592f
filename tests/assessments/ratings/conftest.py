import pytest

from tests.factories.ratings import competency, rating_rule
from trainingsite.people.access.roles import Role


@pytest.fixture
def rule(db):
    return rating_rule()


@pytest.fixture
def empathy(rule):
    """A competency of four levels: from 0, 50, 70 and 88."""
    return competency("empathy", title="同理心")


@pytest.fixture
def agent(hire):
    return hire(Role.TRAINEE, name="李静")


@pytest.fixture
def supervisor(hire):
    return hire(Role.SUPERVISOR, name="王主管")
