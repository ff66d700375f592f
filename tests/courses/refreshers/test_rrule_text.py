from datetime import date

import pytest

from courses.refreshers.rrule_text import Day, Pattern, parse
from trainingsite.core.errors import Refused


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("FREQ=DAILY", Pattern("DAILY")),
        ("RRULE:freq=weekly;interval=2;byday=fr,mo", Pattern("WEEKLY", 2, days=(Day("MO"), Day("FR")))),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1,15;COUNT=5",
            Pattern("MONTHLY", month_days=(-1, 15), count=5),
        ),
        (
            "FREQ=YEARLY;BYMONTH=9,3;BYDAY=-1MO,2TU;UNTIL=20301231",
            Pattern("YEARLY", months=(3, 9), days=(Day("MO", -1), Day("TU", 2)), until=date(2030, 12, 31)),
        ),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;", Pattern("MONTHLY", days=(Day("MO"), Day("TU")), positions=(-1,))),
    ],
)
def test_rule_is_read_and_written_in_one_order(text, pattern):
    assert parse(text) == pattern
    assert parse(pattern.text) == pattern


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rule_without_frequency"),
        ("每月一次", "rule_without_frequency"),
        ("INTERVAL=2", "rule_without_frequency"),
        ("FREQ=FORTNIGHTLY", "rule_without_frequency"),
        ("FREQ=SECONDLY", "rule_too_often"),
        ("FREQ=MINUTELY;INTERVAL=5", "rule_too_often"),
        ("FREQ=HOURLY", "rule_too_often"),
        ("FREQ=DAILY;BYHOUR=9,15", "rule_too_often"),
        ("FREQ=DAILY;BYMINUTE=0", "rule_too_often"),
        ("FREQ=YEARLY;BYWEEKNO=20", "rule_part_unknown"),
        ("FREQ=DAILY;X-MOON=FULL", "rule_part_unknown"),
        ("FREQ=DAILY;COUNT=1;COUNT=2", "rule_part_twice"),
        ("FREQ=DAILY;INTERVAL=0", "rule_part_unreadable"),
        ("FREQ=DAILY;INTERVAL=-1", "rule_part_unreadable"),
        ("FREQ=DAILY;INTERVAL=1e3", "rule_part_unreadable"),
        ("FREQ=DAILY;INTERVAL=", "rule_part_unreadable"),
        ("FREQ=DAILY;INTERVAL=²", "rule_part_unreadable"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "rule_part_unreadable"),
        ("FREQ=DAILY;COUNT=10001", "rule_part_unreadable"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "rule_part_unreadable"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "rule_part_unreadable"),
        ("FREQ=MONTHLY;BYDAY=XX", "rule_part_unreadable"),
        ("FREQ=MONTHLY;BYDAY=54MO", "rule_part_unreadable"),
        ("FREQ=DAILY;UNTIL=20261340", "rule_part_unreadable"),
        ("FREQ=DAILY;UNTIL=20261231T090000Z", "rule_part_unreadable"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231", "rule_ends_twice"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "rule_mixed"),
        ("FREQ=WEEKLY;BYDAY=1MO", "rule_mixed"),
        ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=3", "rule_mixed"),
        ("FREQ=MONTHLY;BYSETPOS=1", "rule_mixed"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "rule_never_fires"),
        ("FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31", "rule_never_fires"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=-30", "rule_never_fires"),
        ("FREQ=MONTHLY;BYDAY=6MO", "rule_never_fires"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-53MO", "rule_never_fires"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "rule_never_fires"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=-2", "rule_never_fires"),
        ("FREQ=DAILY;" + "BYMONTH=1;" * 60, "rule_too_long"),
    ],
)
def test_what_is_no_rule_here_is_refused_in_words(text, code):
    with pytest.raises(Refused) as refusal:
        parse(text)

    assert (refusal.value.field, refusal.value.code) == ("rrule", code)
    assert str(refusal.value.message)


def test_29_february_is_a_day_that_comes():
    assert parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29").month_days == (29,)
