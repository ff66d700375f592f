from datetime import date

import pytest

from courses.series.rhythm import DaysOff, Rhythm, arranged, days_of, rule_of
from tests.factories.planning import SeasonFactory
from tests.factories.workdays import CompanyDayFactory
from trainingsite.core.errors import Refused

TUESDAY = date(2026, 12, 1)
LAST = date(2027, 1, 31)


def december(*days):
    return [date(2026, 12, day) for day in days]


def refusal_of(act, *args, **fields):
    with pytest.raises(Refused) as refusal:
        act(*args, **fields)
    return refusal.value.field, refusal.value.code


@pytest.mark.parametrize(
    ("rhythm", "starts_on", "fields", "rule"),
    [
        (Rhythm.WEEKLY, TUESDAY, {"times": 4}, "FREQ=WEEKLY;BYDAY=TU;COUNT=4"),
        (Rhythm.WEEKLY, TUESDAY, {"times": 4, "weekdays": ["FR", "MO"]}, "FREQ=WEEKLY;BYDAY=MO,FR;COUNT=4"),
        (Rhythm.FORTNIGHTLY, TUESDAY, {"until": LAST}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270131"),
        (Rhythm.MONTHLY, TUESDAY, {"times": 3}, "FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3"),
        (Rhythm.MONTHLY, date(2026, 11, 30), {"times": 3}, "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"),
        (Rhythm.WEEKDAY, date(2026, 12, 9), {"times": 3}, "FREQ=MONTHLY;BYDAY=2WE;COUNT=3"),
        (Rhythm.WEEKDAY, date(2026, 12, 30), {"times": 3}, "FREQ=MONTHLY;BYDAY=-1WE;COUNT=3"),
    ],
)
def test_rule_is_written_as_rfc_5545_has_it(rhythm, starts_on, fields, rule):
    assert rule_of(rhythm, starts_on, **fields) == rule


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"until": date(2026, 11, 30)}, "ends_before_start"),
        ({}, "end_missing"),
        ({"until": LAST, "times": 4}, "end_missing"),
    ],
)
def test_end_before_the_start_missing_or_said_twice_is_refused(fields, code):
    assert refusal_of(rule_of, Rhythm.WEEKLY, TUESDAY, **fields) == ("until", code)


def test_days_of_a_rule():
    assert days_of("FREQ=WEEKLY;BYDAY=TU;COUNT=3", TUESDAY) == december(1, 8, 15)
    assert days_of("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", date(2026, 11, 30)) == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
    ]


@pytest.mark.parametrize(
    ("rule", "refusal"),
    [
        ("FREQ=WEEKLY;BYDAY=XX", ("rhythm", "rule_unreadable")),
        ("", ("rhythm", "rule_unreadable")),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261203", ("until", "no_day")),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=61", ("until", "too_many_sessions")),
        ("FREQ=DAILY", ("until", "too_many_sessions")),
    ],
)
def test_rule_that_never_comes_too_often_or_cannot_be_read_is_refused(rule, refusal):
    assert refusal_of(days_of, rule, TUESDAY) == refusal


def test_days_in_a_blackout_and_days_off_are_left_out_with_the_reason(double_12):
    CompanyDayFactory(day=date(2026, 12, 15), kind="off", name="年会")

    found = arranged(december(1, 8, 15, 19), DaysOff.SKIP)

    assert [(one.day, one.why) for one in found[:3]] == [(TUESDAY, ""), (None, "双12"), (None, "年会")]
    assert (found[3].day, bool(found[3].why)) == (None, True)


def test_days_are_shifted_past_blackouts_and_weekends(double_12):
    SeasonFactory(name="年货预热", starts_on=date(2026, 12, 15), ends_on=date(2026, 12, 18))

    (found,) = arranged(december(8), DaysOff.SHIFT)

    assert (found.day, found.is_shifted, found.why) == (date(2026, 12, 21), True, "双12")


def test_two_never_fall_on_one_day(double_12):
    found = arranged(december(9, 11, 15), DaysOff.SHIFT)

    assert [one.day for one in found] == [date(2026, 12, 15), None, None]
    assert all(one.why for one in found)
