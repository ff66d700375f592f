"""Whoever guides a mentee to the goal earns points for it, once."""

from datetime import date

import pytest

from assessments.points.models import PointEntry
from mentoring.models import Pairing
from mentoring.pairings.actions import end_pairing
from mentoring.pairings.models import EndReason
from tests.factories.points import rule_of

ENDED = date(2026, 3, 31)


@pytest.fixture
def pairing(hire):
    return Pairing.objects.create(mentor=hire(name="周明"), mentee=hire(name="李静"), started_on=date(2026, 2, 1))


def earned():
    return list(PointEntry.objects.values_list("person", "event", "key", "title", "points"))


def test_the_mentor_earns_when_the_goal_is_reached(pairing):
    rule_of("guided", 60, 365)
    for _twice in range(2):
        end_pairing(pairing, reason=EndReason.REACHED, on=ENDED)
    assert earned() == [(pairing.mentor_id, "guided", str(pairing.pk), "李静", 60)]


@pytest.mark.parametrize("reason", [EndReason.CHANGED, EndReason.LEFT], ids=str)
def test_another_end_earns_nothing(pairing, reason):
    rule_of("guided", 60, 365)
    end_pairing(pairing, reason=reason, on=ENDED)
    assert earned() == []


def test_without_a_rule_nothing_is_earned(pairing):
    end_pairing(pairing, reason=EndReason.REACHED, on=ENDED)
    assert earned() == []
