from datetime import date

import pytest

from analytics.dashboards.periods import period_of

TODAY = date(2026, 3, 20)


def test_period_is_this_month_unless_asked_otherwise():
    period = period_of({}, TODAY)
    assert (period.first, period.last, period.end) == (date(2026, 3, 1), date(2026, 3, 1), date(2026, 4, 1))


def test_in_the_first_week_it_is_the_month_before():
    assert period_of({}, date(2026, 3, 7)).last == date(2026, 2, 1)
    assert period_of({}, date(2026, 3, 8)).last == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("length", "first", "before"),
    [
        ("month", date(2026, 3, 1), [date(2026, 2, 1)]),
        ("quarter", date(2026, 1, 1), [date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)]),
    ],
)
def test_period_is_compared_with_as_many_months_before(length, first, before):
    period = period_of({"period": length}, TODAY)
    assert (period.first, period.months_before) == (first, before)


def test_year_spans_twelve_months_and_the_trend_too():
    period = period_of({"period": "year", "until": "2026-02"}, TODAY)
    assert (period.first, period.trend == period.months, len(period.all_months)) == (date(2025, 3, 1), True, 24)


def test_future_month_gives_the_newest_and_nothing_is_later():
    period = period_of({"until": "2027-01"}, TODAY)
    assert (period.last, period.later) == (date(2026, 3, 1), "")


def test_steps_lead_to_the_neighbours():
    period = period_of({"period": "quarter", "until": "2025-12"}, TODAY)
    assert (period.earlier, period.later) == ("period=quarter&until=2025-09", "period=quarter&until=2026-03")


@pytest.mark.parametrize("until", ["soon", "2026-13", "1999-12", "2026-1-1", ""])
def test_month_that_makes_no_sense_is_passed_over(until):
    assert period_of({"until": until}, TODAY).last == date(2026, 3, 1)
