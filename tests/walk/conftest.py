"""The company that the walk goes through: five topics, five people, the ready metrics, and nothing learnt yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from playwright.sync_api import Page

from courses.models import Topic
from tests.factories.analytics import ready_metrics
from tests.factories.courses import TopicFactory
from tests.factories.mentoring import MentorProfileFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

TOPICS = ("平台规则", "产品知识", "沟通技巧", "投诉处理", "工具使用")


@dataclass(frozen=True)
class Cast:
    hr: User
    supervisor: User
    mentor: User
    trainee: User
    colleague: User


@pytest.fixture
def topics(company) -> list[Topic]:
    ready_metrics()
    return [TopicFactory(title=title, position=position) for position, title in enumerate(TOPICS)]


@pytest.fixture
def cast(hire, topics) -> Cast:
    """The trainee is three days in the house and has a colleague in the team; the mentor sits one level above."""
    mentor = hire(Role.MENTOR, name="李静", department="care")
    MentorProfileFactory(person=mentor, capacity=3)
    return Cast(
        hr=hire(Role.HR, name="陈人力", department="centre"),
        supervisor=hire(Role.SUPERVISOR, name="赵主管", department="centre"),
        mentor=mentor,
        trainee=hire(name="王小明", department="disputes", hired_on=clock.today() - timedelta(days=3)),
        colleague=hire(name="林小雨", department="disputes"),
    )


@pytest.fixture(params=[False, True], ids=["desk", "phone"])
def enter(open_as, request) -> Callable[..., Page]:
    """`enter(person)`: the person's home page, at the desk or on a phone."""
    return partial(open_as, phone=request.param)
