from datetime import date, timedelta

import pytest

from mentoring.models import GuidanceRule
from tests.factories.courses import MONDAY
from tests.factories.pairings import PlannedPairingFactory
from tests.mentoring.pairings.conftest import hr, mentee, mentor, other, refusal_of, supervisor, today

__all__ = ["hr", "mentee", "mentor", "other", "refusal_of", "supervisor", "today"]

HALF_TIME, LAST = date(2026, 6, 14), date(2026, 6, 28)  # of a plan of four weeks from 1 June


@pytest.fixture
def pairing(mentor, mentee):
    return PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=MONDAY)


@pytest.fixture
def halfway(mentor, mentee, today):
    """A pairing whose half-time is today."""
    return PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=today - timedelta(days=13))


@pytest.fixture
def rule(db):
    return GuidanceRule.objects.create(pk=1, evaluate_within=3)
