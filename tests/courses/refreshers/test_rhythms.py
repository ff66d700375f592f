from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from courses.refreshers.describing import in_words
from courses.refreshers.ready import READY
from courses.refreshers.recurrence import days_from
from courses.refreshers.rhythms import On, Rhythm, chosen_of, rule_from
from courses.refreshers.rrule_text import WEEKDAYS

THURSDAY = date(2026, 11, 19)
choices = st.fixed_dictionaries(
    {
        "rhythm": st.sampled_from([each for each in Rhythm if each != Rhythm.OWN]),
        "every": st.integers(1, 6),
        "on": st.sampled_from(list(On)),
        "weekdays": st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
        "until": st.none() | st.just(date(2030, 1, 1)),
        "times": st.none(),
        "starts_on": st.dates(date(2026, 1, 1), date(2027, 12, 28)),
    }
)


@given(chosen=choices)
def test_what_is_chosen_is_found_again_in_its_rule(chosen):
    rule = rule_from(chosen)

    found = chosen_of(rule, chosen["starts_on"])

    assert rule_from(found) == rule
    assert found["rhythm"] != Rhythm.OWN


@given(chosen=choices)
def test_every_choice_comes_again(chosen):
    days = days_from(rule_from(chosen), chosen["starts_on"], chosen["starts_on"])

    assert next(days) >= chosen["starts_on"]


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("FREQ=MONTHLY", "每月 · 19 日", "Every month · on day 19"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=3TH", "每季度 · 第三个星期四", "Every quarter · the third Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "每 2 周 · 星期一、星期三", "Every 2 weeks · Monday, Wednesday"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月 · 最后一天", "Every month · on the last day of the month"),
        (
            "FREQ=MONTHLY;BYDAY=-1FR;COUNT=4",
            "每月 · 最后一个星期五 · 共 4 次",
            "Every month · the last Friday · 4 times",
        ),
        (
            "FREQ=YEARLY;BYMONTH=2,5,8,11;BYDAY=2WE",
            "每季度 · 二月、五月、八月、十一月 · 第二个星期三",
            "Every quarter · February, May, August, November · the second Wednesday",
        ),
        ("FREQ=DAILY;INTERVAL=10", "每 10 天", "Every 10 days"),
        ("nonsense", "nonsense", "nonsense"),
    ],
)
def test_rule_in_words(rule, zh, en):
    with override("zh-hans"):
        assert in_words(rule, THURSDAY) == zh
    with override("en"):
        assert in_words(rule, THURSDAY) == en


@pytest.mark.django_db
@pytest.mark.parametrize("key", READY)
def test_ready_rule_begins_on_a_day_of_its_own(key):
    initial = READY[key].initial(THURSDAY)

    rule = rule_from(initial)
    days = days_from(rule, initial["starts_on"], initial["starts_on"])

    assert initial["starts_on"] > THURSDAY
    assert next(days) == initial["starts_on"]
    assert next(days) - initial["starts_on"] >= timedelta(days=27)
