from datetime import date

import pytest
from django.utils import translation

from courses.calendar.spans import span_of


def days(span):
    return [day.isoformat() for day in (span.begin, span.end, span.first, span.last, span.before, span.after)]


@pytest.mark.parametrize(
    ("view", "day", "found"),
    [
        (
            "month",
            date(2026, 12, 3),
            ["2026-12-01", "2026-12-31", "2026-11-30", "2027-01-03", "2026-11-01", "2027-01-01"],
        ),
        (
            "month",
            date(2027, 2, 28),
            ["2027-02-01", "2027-02-28", "2027-02-01", "2027-02-28", "2027-01-01", "2027-03-01"],
        ),
        (
            "week",
            date(2027, 1, 3),
            ["2026-12-28", "2027-01-03", "2026-12-28", "2027-01-03", "2026-12-21", "2027-01-04"],
        ),
        (
            "list",
            date(2028, 2, 29),
            ["2028-02-01", "2028-02-29", "2028-02-01", "2028-02-29", "2028-01-01", "2028-03-01"],
        ),
    ],
)
def test_span_has_its_days_and_the_ways_to_the_next(view, day, found):
    assert days(span_of(view, day)) == found


@pytest.mark.parametrize(("day", "begin"), [(date(1, 1, 1), date(2000, 1, 1)), (date(9999, 12, 31), date(2099, 12, 1))])
def test_calendar_ends_somewhere(day, begin):
    span = span_of("month", day)

    assert span.begin == begin
    assert date(2000, 1, 1) <= span.before <= span.after <= date(2099, 12, 31)


def test_title_says_which_days_they_are():
    with translation.override("zh-hans"):
        titles = [span_of(view, date(2026, 12, 3)).title for view in ("month", "week", "list")]

    assert titles[0] == titles[2] == "2026年12月"
    assert "2026年11月30日" in titles[1]
    assert "12月6日" in titles[1]
