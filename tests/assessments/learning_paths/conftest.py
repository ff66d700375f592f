"""李静 is at level 1 in typing and has no level in empathy; her job asks for 3 in both."""

from types import SimpleNamespace

import pytest

from courses.models import Competency
from tests.factories.learning_paths import NOON, asks, before, has_level, teaching
from trainingsite.core import clock
from trainingsite.people.access.roles import Role


@pytest.fixture
def noon():
    with clock.frozen(NOON):
        yield NOON


@pytest.fixture
def jing(hire):
    person = hire(Role.TRAINEE, name="李静")
    asks(person)
    has_level(person, Competency.objects.get(code="typing"), 1)
    return person


@pytest.fixture
def offered(jing):
    """Typing takes 30 minutes, empathy 60 and a basic course of 20 before it."""
    known = SimpleNamespace(
        typing=teaching("打字提速", 30, typing=3),
        basics=teaching("沟通基础", 20),
        empathy=teaching("共情进阶", 60, empathy=3),
    )
    before(known.empathy, known.basics)
    return known
