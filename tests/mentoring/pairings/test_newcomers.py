"""Who is new and has nobody: until somebody guides them, and no more once they were guided to the goal."""

from datetime import timedelta

import pytest

from mentoring.pairings.newcomers import without_mentor
from tests.factories.courses import MONDAY
from tests.factories.mentoring import PairingFactory

DAY = timedelta(days=1)
TODAY = MONDAY + 40 * DAY


@pytest.fixture
def newcomer(hire):
    return hire(name="王小明", hired_on=MONDAY - 3 * DAY)


@pytest.mark.parametrize(
    ("ending", "waits"),
    [
        ({}, False),
        ({"ended_on": MONDAY + 30 * DAY, "end_reason": "reached"}, False),
        ({"ended_on": MONDAY + 10 * DAY, "end_reason": "other"}, True),
    ],
)
def test_whoever_was_guided_to_the_goal_waits_for_nobody(newcomer, ending, waits):
    PairingFactory(mentee=newcomer, **ending)

    assert without_mentor(on=TODAY).filter(pk=newcomer.pk).exists() is waits


def test_newcomers_without_anybody_wait(newcomer):
    assert list(without_mentor(on=TODAY)) == [newcomer]
