from datetime import date

import pytest

from courses.models import Session
from courses.seats.demo import PLANS, tell
from courses.seats.queue import with_turn
from tests.factories.people import DepartmentFactory
from tests.factories.sessions import RoomFactory
from trainingsite.core.demo import Story
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

TODAY = date(2026, 11, 23)


@pytest.fixture
def told(hire, company):
    """The company after its story: 40 learners in four teams."""
    for login, role in (("hr", Role.HR), ("instructor", Role.INSTRUCTOR), ("trainee", Role.TRAINEE)):
        hire(role, username=login, hired_on=date(2024, 1, 1))
    for _number in range(39):
        hire(department="disputes" if _number % 2 else "sales")
    RoomFactory(seats=10)
    DepartmentFactory()
    tell(Story(TODAY))
    return {session.title: session for session in Session.objects.with_numbers()}


def test_demo_has_full_open_short_and_past_sign_ups(told):
    assert set(told) == {plan.title for plan in PLANS}
    workshop = told["情绪急救工作坊（第二期）"]
    assert (workshop.people, workshop.waiting, workshop.places.filter(given_up_reason="当天临时排班").count()) == (
        6,
        3,
        1,
    )
    turns = with_turn(workshop.places.filter(person__username="trainee")).values_list("turn", flat=True)
    assert list(turns) == [1]
    assert [session.title for session in told.values() if session.too_few_at] == ["话术共创会（十二月）"]
    assert told["情绪急救工作坊（第一期）"].attended > 0
    assert told["数据看板入门（线上）"].join_url
    assert Notice.objects.count() == 0
