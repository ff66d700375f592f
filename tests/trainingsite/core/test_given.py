from datetime import UTC, date, datetime

import pytest

from trainingsite.core.given import day, from_json, moment, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("32000", 32_000),
        ("32001", None),
        ("1000000000" + "0" * 5_000, None),
        ("-1", None),
        ("+1", None),
        ("1.0", None),
        ("²", None),
        (" 1", None),
        ("", None),
        ("七", None),
    ],
)
def test_a_whole_number_is_read_or_refused(text, number):
    assert whole(text, 32_000) == number


def test_the_least_is_kept():
    assert (whole("0", 9, least=1), whole("1", 9, least=1)) == (None, 1)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 100_000])
def test_json_that_cannot_be_read_is_a_value_error(text):
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        from_json(text)


def test_json_says_what_it_says():
    assert from_json('{"p1": ["a"]}') == {"p1": ["a"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-02-31", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("31.3.2026", None),
        ("", None),
    ],
)
def test_a_day_is_read_or_refused(text, found):
    assert day(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-31T09:30", datetime(2026, 3, 31, 1, 30, tzinfo=UTC)),
        ("2026-03-31T09:30:00Z", datetime(2026, 3, 31, 9, 30, tzinfo=UTC)),
        ("2026-03-31T25:00", None),
        ("0001-01-01T00:00", None),
        ("9999-12-31T23:59", None),
        ("soon", None),
    ],
)
def test_a_moment_is_read_or_refused(text, found):
    assert moment(text) == found
