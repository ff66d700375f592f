"""A desk of after-sale agents whose job asks for empathy on level 3 and dispute handling on level 2."""

import pytest

from courses.models import Competency
from tests.factories.courses import CompetencyGroupFactory
from tests.factories.people import PositionFactory
from tests.factories.profiles import competency, need, profile_of
from trainingsite.people.models import Position


@pytest.fixture
def soft(db):
    return CompetencyGroupFactory(title="软技能", position=1)


@pytest.fixture
def empathy(soft) -> Competency:
    return competency("共情能力", group=soft, code="empathy", position=1)


@pytest.fixture
def disputes(db) -> Competency:
    group = CompetencyGroupFactory(title="业务能力", position=2)
    return competency("售后纠纷", group=group, code="disputes", position=2)


@pytest.fixture
def agent(db) -> Position:
    return PositionFactory(name="售后客服")


@pytest.fixture
def profile(agent, empathy, disputes):
    return profile_of(need(empathy, 3, 60), need(disputes, 2, 40), position=agent)


@pytest.fixture
def desk(hire, agent, profile):
    """Three people of the department and of the team below it, in the order of their names."""
    return {
        "安琪": hire(name="安琪", position=agent),
        "边城": hire(name="边城", position=agent, department="disputes"),
        "蔡明": hire(name="蔡明", position=agent),
    }
