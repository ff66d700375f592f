import pytest
from django.core.cache import cache

from courses.feeds.actions import make_feed
from tests.courses.planning.conftest import now, today
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

__all__ = ["now", "today"]


@pytest.fixture(autouse=True)
def counted_anew():
    """What was asked for in other tests counts for nothing here."""
    cache.clear()


@pytest.fixture
def agent(hire) -> User:
    return hire(name="李娜", email="lina@example.com")


@pytest.fixture
def teacher(hire) -> User:
    return hire(Role.INSTRUCTOR, name="赵老师", email="zhao@example.com")


@pytest.fixture
def address(agent) -> str:
    """Where the agent's calendar is."""
    _feed, secret = make_feed(agent, at=clock.now())
    return f"/feeds/{secret}.ics"
