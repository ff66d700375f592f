from datetime import timedelta

import pytest

from courses.models import Audience, Programme
from courses.programmes.blueprints import lay_out
from courses.programmes.versions import make_programme
from tests.factories.courses import AudienceFactory, CourseFactory, ProgrammeFactory, add_courses
from trainingsite.core import clock
from trainingsite.people.access.roles import Role


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


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def july(today):
    """A day that can be met."""
    return (today + timedelta(days=30)).isoformat()


@pytest.fixture
def draft(db):
    """Days 1 to 5 and 8 to 21, each with a course that is still to be chosen."""
    made = make_programme(title="新人培养", by=None)
    stages = [
        {"title": "授课", "days": [1, 5], "items": [{"wanted": "规则"}]},
        {"title": "跟岗", "days": [8, 21], "items": [{"wanted": "产品"}]},
    ]
    lay_out(made, 1, stages)
    return made
