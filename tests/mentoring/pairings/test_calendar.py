from datetime import UTC, datetime

import pytest

from courses.feeds.sources import Reader
from mentoring.pairings.calendar import milestones
from tests.factories.courses import MONDAY
from tests.factories.mentoring import PairingFactory
from tests.factories.pairings import PlannedPairingFactory

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)


@pytest.fixture
def followed():
    def of(person):
        return [str(event["dtstart"].dt) for event in milestones(Reader(person, NOON))]

    return of


def test_both_follow_half_time_and_the_planned_end(mentor, mentee, hire, followed):
    PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=MONDAY)

    assert followed(mentor) == followed(mentee) == ["2026-06-14", "2026-06-28"]
    assert followed(hire()) == []


def test_ended_and_endless_pairings_have_no_days(mentor, mentee, followed):
    PlannedPairingFactory(mentor=mentor, started_on=MONDAY, ended=True)
    PairingFactory(mentor=mentor, mentee=mentee)

    assert followed(mentor) == []


def test_nobody_is_named(mentor, mentee):
    PlannedPairingFactory(mentor=mentor, mentee=mentee, started_on=MONDAY)

    titles = " ".join(str(event["summary"]) for event in milestones(Reader(mentor, NOON)))

    assert "王小明" not in titles
