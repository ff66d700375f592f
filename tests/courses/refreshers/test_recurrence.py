from datetime import date
from itertools import islice

import pytest

from courses.refreshers.recurrence import days_between, days_from, frequency_of, rule_of

JANUARY = date(2027, 1, 31)


def days(frequency, starts_on, count):
    return [day.isoformat() for day in islice(days_from(rule_of(frequency, starts_on), starts_on, starts_on), count)]


def test_every_month_on_the_day_of_the_first():
    assert days("monthly", date(2026, 6, 1), 3) == ["2026-06-01", "2026-07-01", "2026-08-01"]


def test_every_quarter_on_the_day_of_the_first():
    assert days("quarterly", date(2026, 11, 15), 3) == ["2026-11-15", "2027-02-15", "2027-05-15"]


def test_day_31_falls_on_the_last_day_of_shorter_months():
    assert days("monthly", JANUARY, 5) == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]


def test_day_30_falls_on_the_30th_where_there_is_one():
    assert days("monthly", date(2027, 1, 30), 3) == ["2027-01-30", "2027-02-28", "2027-03-30"]


def test_day_29_in_a_leap_year():
    assert days("monthly", date(2028, 1, 29), 3) == ["2028-01-29", "2028-02-29", "2028-03-29"]


def test_day_31_every_quarter():
    assert days("quarterly", date(2026, 8, 31), 4) == ["2026-08-31", "2026-11-30", "2027-02-28", "2027-05-31"]


@pytest.mark.parametrize(
    ("frequency", "day", "rule"),
    [
        ("monthly", 1, "FREQ=MONTHLY"),
        ("quarterly", 1, "FREQ=MONTHLY;INTERVAL=3"),
        ("monthly", 31, "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
    ],
)
def test_rule_is_written_in_rfc_5545_and_read_back(frequency, day, rule):
    assert rule_of(frequency, date(2027, 1, day)) == rule
    assert frequency_of(rule) == frequency


def test_days_between_include_both_ends():
    rule = rule_of("monthly", JANUARY)

    assert days_between(rule, JANUARY, date(2027, 2, 28), date(2027, 3, 31)) == [date(2027, 2, 28), date(2027, 3, 31)]
