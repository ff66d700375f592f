import pytest

from courses.models import Topic
from tests.factories.courses import TopicFactory
from trainingsite.people.access.roles import Role


@pytest.fixture
def topic(db: None) -> Topic:
    return TopicFactory(slug="returns", title="退换货")


@pytest.fixture
def author(hire):
    return hire(Role.HR, name="王敏")


@pytest.fixture
def hr(author, as_):
    return as_(author)
