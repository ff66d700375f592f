from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.cache import cache

from courses.models import Instructor, SessionPlace, Teaching
from tests.factories.planning import NINE, SessionFactory
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

MINUTE = timedelta(minutes=1)


@contextmanager
def refused(code):
    """Within the block an act is refused with this code."""
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == code


@pytest.fixture(autouse=True)
def fresh_tries():
    cache.clear()


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def teacher(hire):
    return hire(Role.INSTRUCTOR, name="讲师")


@pytest.fixture
def give(db):
    """`give(session, teacher)`: the person gives the session."""

    def do(session, person):
        instructor, _new = Instructor.objects.get_or_create(person=person)
        Teaching.objects.create(session=session, instructor=instructor, minutes=session.minutes)

    return do


@pytest.fixture
def session(teacher, give):
    """An hour from nine, given by the instructor."""
    found = SessionFactory(title="投诉处理工作坊", room=None, starts_at=NINE)
    give(found, teacher)
    return found


@pytest.fixture
def seat(session, hire):
    """`seat(name="王小明")`: the place of somebody new in the session."""

    def do(**fields):
        person = hire(name=fields.pop("name", "王小明"))
        return SessionPlace.objects.create(session=fields.pop("session", session), person=person, **fields)

    return do
