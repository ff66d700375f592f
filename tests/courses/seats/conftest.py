from datetime import timedelta

import pytest

from courses.models import PlanningRule
from tests.courses.planning.conftest import now
from tests.factories.planning import SessionFactory
from trainingsite.notices.models import Notice

__all__ = ["now"]

DAY = timedelta(days=1)


@pytest.fixture
def relaxed(db):
    """Everybody of a team may be in training at once."""
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)


@pytest.fixture
def open_session(relaxed):
    """`open_session(capacity=2)`: a session that everybody who learns may sign up for."""

    def make(**fields):
        return SessionFactory(**{"entry": "sign_up", "capacity": 2, **fields})

    return make


@pytest.fixture
def told():
    """`told("seat_got")`: the names of those who got such a notice."""

    def names(kind):
        return sorted(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))

    return names
