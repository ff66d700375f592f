import pytest

from courses.curriculum.actions import change_unit
from courses.curriculum.versions import start_version
from courses.models import Course, CourseVersion
from tests.factories.courses import CourseFactory, UnitFactory
from trainingsite.core import clock


@pytest.fixture
def returns(db: None) -> Course:
    """What learners have: 规则, 例外, each of 10 minutes."""
    course = CourseFactory(title="七天无理由退货", code="returns")
    for place, title in enumerate(("规则", "例外"), start=1):
        UnitFactory(course=course, title=title, slug=f"u{place}", position=place)
    return course


@pytest.fixture
def draft(returns: Course) -> CourseVersion:
    """An open draft, in which 例外 has another text."""
    version = start_version(returns, by=None, at=clock.now())
    change_unit(returns.units.get(title="例外"), body="定制商品不适用。")
    return version
