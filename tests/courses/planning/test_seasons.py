from datetime import date, timedelta

import pytest

from courses.models import PlanningRule, Season
from courses.planning.ready import READY, YEARS
from courses.planning.seasons import ahead_of, blackouts, inside, next_free, percent_on, usual_percent
from tests.factories.planning import SeasonFactory

DAY = timedelta(days=1)


def season(first, last, *, blackout=True, percent=None):
    days = {"starts_on": date(2026, 12, first), "ends_on": date(2026, 12, last)}
    return Season(name=f"{first}-{last}", blackout=blackout, max_in_training_percent=percent, **days)


def test_day_of_a_blackout_moves_ahead_to_the_last_day_before_it():
    days = [date(2026, 12, day) for day in (7, 8, 14, 15)]

    moved = [ahead_of(day, [season(8, 14)]) for day in days]

    assert moved == [date(2026, 12, day) for day in (7, 7, 7, 15)]


@pytest.mark.parametrize("order", [1, -1])
def test_adjoining_and_overlapping_blackouts_count_as_one(order):
    calendar = [season(3, 7), season(8, 14), season(12, 20)][::order]

    assert ahead_of(date(2026, 12, 20), calendar) == date(2026, 12, 2)
    assert next_free(date(2026, 12, 3), calendar) == date(2026, 12, 21)


def test_day_between_two_blackouts_is_free():
    calendar = [season(3, 6), season(8, 14)]

    assert ahead_of(date(2026, 12, 10), calendar) == date(2026, 12, 7)
    assert next_free(date(2026, 12, 4), calendar) == date(2026, 12, 7)


def test_season_that_allows_training_holds_nothing_back():
    open_one = season(8, 14, blackout=False)

    assert (inside(date(2026, 12, 10), [open_one]), ahead_of(date(2026, 12, 10), [open_one])) == (
        None,
        date(2026, 12, 10),
    )


def test_blackouts_are_those_of_the_days_and_those_that_lead_up_to_them(db, django_assert_num_queries):
    leading = SeasonFactory(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 7))
    held = SeasonFactory()
    SeasonFactory(starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 14))
    SeasonFactory(starts_on=date(2026, 12, 20), ends_on=date(2026, 12, 24))
    SeasonFactory(starts_on=date(2026, 12, 9), ends_on=date(2026, 12, 9), blackout=False)

    with django_assert_num_queries(1):
        assert blackouts(date(2026, 12, 8), date(2026, 12, 12)) == [leading, held]


def test_blackouts_of_free_days_leave_out_the_one_that_ended_the_day_before(double_12):
    assert blackouts(date(2026, 12, 15), date(2026, 12, 20)) == []


def test_limit_of_a_season_is_stricter_than_the_usual_one(db):
    assert usual_percent() == 25
    PlanningRule.objects.create(pk=1, max_in_training_percent=40)

    days = [date(2026, 12, 8), date(2026, 12, 12), date(2026, 12, 20)]
    calendar = [season(8, 14, percent=20), season(12, 13, percent=10), season(1, 20)]

    assert [percent_on(day, calendar, usual_percent()) for day in days] == [20, 10, 40]


@pytest.mark.parametrize("year", YEARS)
def test_new_year_goods_end_before_the_lunar_new_year(year):
    first, last = next(entry for entry in READY if entry.code == "new-year-goods").days(year)

    assert (last - first).days == 20
    assert last < date(year, 2, 20)


@pytest.mark.parametrize(
    ("code", "peak"), [("618", date(2027, 6, 18)), ("double-11", date(2027, 11, 11)), ("double-12", date(2027, 12, 12))]
)
def test_ready_entry_holds_its_peak_day(code, peak):
    first, last = next(entry for entry in READY if entry.code == code).days(2027)

    assert first < peak < last
