import pytest

from courses.models import Audience, Programme
from tests.factories.courses import AudienceFactory, CourseFactory, ProgrammeFactory, add_courses


@pytest.fixture
def programme(db: None) -> Programme:
    """Two published courses in an order, and one that is still being written."""
    programme = ProgrammeFactory(title="新人培养方案")
    add_courses(programme, CourseFactory(title="退货规则"), CourseFactory(title="安抚客户"))
    add_courses(programme, CourseFactory(title="未完成", draft=True))
    return programme


@pytest.fixture
def care(company) -> Audience:
    """Everybody of the care department and below."""
    return AudienceFactory(conditions=[{"kind": "department", "value": [company["care"].pk]}])
