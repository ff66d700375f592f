from datetime import date, timedelta

import pytest

from assessments.learning_paths.pace import Pace, due_dates, pace
from courses.planning.models import Season

MONDAY = date(2026, 6, 1)
DAY = timedelta(days=1)
SALE = Season(name="618", starts_on=date(2026, 6, 5), ends_on=date(2026, 6, 20), blackout=True)
BUSY = Season(name="忙", starts_on=date(2026, 6, 5), ends_on=date(2026, 6, 20), blackout=False)


@pytest.mark.parametrize(
    ("minutes", "hours", "days"), [(120, 2, 7), (120, 1, 14), (10, 2, 1), (121, 2, 8), (0, 2, 0)], ids=str
)
def test_learning_is_even_over_the_days_of_the_week(minutes, hours, days):
    assert pace(minutes, hours, MONDAY, []) == Pace(hours, MONDAY + days * DAY)


def test_nobody_learns_in_a_peak_season():
    assert pace(120, 2, MONDAY, [SALE]).done_on == MONDAY + (7 + 16) * DAY
    assert pace(120, 2, MONDAY, [BUSY]).done_on == MONDAY + 7 * DAY


def test_steps_are_due_by_their_share_of_the_minutes():
    assert due_dates([10, 40, 60], MONDAY, MONDAY + 12 * DAY, []) == [MONDAY + n * DAY for n in (2, 8, 12)]


def test_what_would_be_due_in_a_peak_season_is_due_before_it():
    before = date(2026, 6, 4)
    assert due_dates([10, 40, 60], MONDAY, MONDAY + 12 * DAY, [SALE]) == [MONDAY + 2 * DAY, before, before]


def test_nothing_is_due_before_it_is_given():
    season = Season(name="大促", starts_on=MONDAY, ends_on=MONDAY + 3 * DAY, blackout=True)
    assert due_dates([60], MONDAY, MONDAY + 2 * DAY, [season]) == [MONDAY]
