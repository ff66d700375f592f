"""A quiz is made in a course that nobody has yet; what learners have is changed in a new version."""

import pytest

from courses.models import Course
from tests.factories.courses import CourseFactory


@pytest.fixture
def course(db: None) -> Course:
    return CourseFactory(code="seven-day-return", title="七天无理由退货", draft=True)
