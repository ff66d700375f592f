import pytest

from assessments.models import Quiz
from tests.factories.courses import AudienceFactory
from trainingsite.people.access.roles import Role


@pytest.fixture
def offered(quiz, course) -> Quiz:
    """The quiz of a course that learners have."""
    course.status = "published"
    course.save()
    return quiz


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def group_of(company):
    """`group_of("care")`: the audience of a department."""

    def make(department, name=""):
        rule = [{"kind": "department", "value": [company[department].pk]}]
        return AudienceFactory(name=name or f"人群 {department}", conditions=rule)

    return make
