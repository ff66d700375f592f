from datetime import timedelta

import pytest

from courses.sessions.actions import change, schedule
from tests.factories.planning import NINE
from tests.factories.sessions import RoomFactory
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre")


@pytest.fixture
def plan(hr, now):
    """`plan(minimum=5, …)` schedules an hour at 9 on 1 December."""

    def do(**fields):
        given = {"title": "投诉处理工作坊", "starts_at": NINE, "minutes": 60, "room": RoomFactory(), "at": now}
        return schedule(**{**given, "by": hr, **fields})

    return do


def test_moment_that_is_filled_in_is_a_whole_minute_as_in_forms(plan):
    late = NINE - DAY + timedelta(seconds=42, microseconds=7)

    assert plan(minimum=5).minimum_by == NINE - 2 * DAY
    assert plan(minimum=5, at=late).minimum_by == NINE - DAY


def test_without_a_minimum_nothing_is_counted_and_nothing_too_few(plan, hr, now):
    session = plan(minimum=5)
    session.too_few_at = now
    session.save()

    change(session, title="复盘会", by=hr, at=now)
    session.refresh_from_db()
    assert (session.minimum_by, session.too_few_at) == (NINE - 2 * DAY, now)
    change(session, minimum=None, by=hr, at=now)
    session.refresh_from_db()
    assert (session.minimum, session.minimum_by, session.too_few_at) == (None, None, None)
