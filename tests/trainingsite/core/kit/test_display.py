"""How numbers, moments and names are shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from trainingsite.core import display

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai, a Sunday


@pytest.fixture(autouse=True)
def shanghai() -> object:
    with timezone.override("Asia/Shanghai"), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("ratio", "decimals", "shown"),
    [(0.892, 1, "89.2%"), (1, 0, "100%"), (0, 1, "0.0%"), (None, 1, "–"), (0.9999, 1, "100.0%")],
)
def test_percent(ratio: float | None, decimals: int, shown: str) -> None:
    assert display.percent(ratio, decimals) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0 min"), (6, "6 min"), (60, "1 h"), (95, "1 h 35 min"), (59.6, "1 h"), (None, "–")]
)
def test_duration(minutes: float | None, shown: str) -> None:
    assert display.duration(minutes) == shown


@pytest.mark.parametrize(
    ("ahead", "shown"),
    [
        (timedelta(0), "just now"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=-12), "12 minutes ago"),
        (timedelta(hours=-2), "today 12:00"),
        (timedelta(minutes=30), "today 14:30"),
        (timedelta(days=1), "tomorrow 14:00"),
        (timedelta(days=-1), "yesterday 14:00"),
        (timedelta(days=3), "November 25 14:00"),
        (timedelta(days=60), "Jan. 21, 2027 14:00"),
    ],
)
def test_moment_is_relative_when_near(ahead: timedelta, shown: str) -> None:
    assert display.moment(NOW + ahead, NOW) == shown


def test_days_change_at_midnight_of_the_person_and_not_of_the_server() -> None:
    late = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # 01:00 on the 23rd in Shanghai
    assert display.moment(late, NOW) == "tomorrow 01:00"
    with timezone.override("UTC"):
        assert display.moment(late, NOW) == "today 17:00"


def test_date_has_no_time() -> None:
    assert display.moment(date(2026, 11, 23), NOW) == "tomorrow"
    assert display.moment(date(2026, 12, 1), NOW) == "December 1"


def test_chinese_dates_are_chinese() -> None:
    with translation.override("zh-hans"):
        assert display.moment(NOW + timedelta(days=1), NOW) == "明天 14:00"
        assert display.moment(NOW - timedelta(minutes=5), NOW) == "5 分钟前"
        assert display.absolute(date(2026, 11, 23)) == "2026年11月23日"


def test_absolute_keeps_the_time_of_a_moment() -> None:
    assert display.absolute(NOW) == "Nov. 22, 2026, 2 p.m."


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "小明"), ("张伟", "张伟"), ("欧阳文静", "文静"), ("Ada Lovelace", "AL"), ("madonna", "M"), ("", "?")],
)
def test_initials(name: str, shown: str) -> None:
    assert display.initials(name) == shown
