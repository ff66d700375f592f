import pytest

from tests.courses.planning.conftest import double_12, now, today
from trainingsite.people.access.roles import Role

__all__ = ["double_12", "now", "today"]


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)
