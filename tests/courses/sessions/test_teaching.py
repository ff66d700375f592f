from decimal import Decimal

import pytest

from courses.models import Teaching
from courses.sessions.actions import change
from tests.factories.planning import SessionFactory
from tests.factories.sessions import OutsideInstructorFactory
from trainingsite.core.errors import Refused


@pytest.fixture
def expert(db):
    return OutsideInstructorFactory()


@pytest.fixture
def session(expert):
    """An hour that the expert gives."""
    return SessionFactory(instructors=[expert])


@pytest.fixture
def let(session, now):
    def do(*instructors, **fields):
        change(session, instructors=instructors, by=None, at=now, **fields)
        return list(Teaching.objects.order_by("pk").values_list("instructor", "minutes", "cost"))

    return do


def test_minutes_that_are_said_cost_as_much_and_none_said_are_all_of_it(expert, let):
    assert let(expert, taught={expert.pk: 30}) == [(expert.pk, 30, Decimal(400))]
    assert let(expert, taught={}) == [(expert.pk, 60, Decimal(800))]


def test_who_says_nothing_of_minutes_leaves_them(expert, let):
    let(expert, taught={expert.pk: 30})
    other = OutsideInstructorFactory()

    assert let(expert, other) == [(expert.pk, 30, Decimal(400)), (other.pk, 60, Decimal(800))]


def test_nobody_teaches_longer_than_the_session_takes(expert, let):
    with pytest.raises(Refused) as refusal:
        let(expert, taught={expert.pk: 61})

    assert (refusal.value.code, refusal.value.field) == ("taught_too_long", "instructors")
    assert Teaching.objects.get().minutes == 60
