"""Days against the notices of the State Council for 2025 and 2026, and the gazettes of Taiwan and Hong Kong."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from courses.workdays.days import (
    Region,
    Shift,
    company_days,
    holiday_name,
    holidays_between,
    is_workday,
    reason_off,
    shift,
)
from courses.workdays.demo import tell
from courses.workdays.models import CompanyDay, DayKind
from courses.workdays.regions import table, table_of

DAY = timedelta(days=1)


def day(text):
    return date.fromisoformat(text)


def declared(text, kind=DayKind.OFF, region="", name="司庆日"):
    return CompanyDay(day=day(text), kind=kind, region=region, name=name)


@pytest.mark.parametrize(
    ("text", "region", "worked"),
    [
        ("2026-11-23", "CN", True),  # a Monday
        ("2026-11-22", "CN", False),  # a Sunday
        ("2026-02-17", "CN", False),  # Spring Festival
        ("2026-02-20", "CN", False),  # a Friday, in return for Saturday the 14th
        ("2026-02-14", "CN", True),
        ("2026-02-28", "CN", True),
        ("2026-10-10", "CN", True),
        ("2026-09-20", "CN", True),
        ("2026-02-14", "TW", False),
        ("2026-10-09", "TW", False),  # National Day is a Saturday
        ("2026-10-09", "CN", True),
        ("2025-02-08", "TW", True),  # worked instead of 27 January
        ("2026-07-01", "HK", False),
        ("2026-07-01", "CN", True),
        ("2026-10-10", "HK", False),
    ],
)
def test_day_is_worked_as_its_region_says(text, region, worked):
    assert is_workday(day(text), region) is worked


def test_year_of_the_mainland_has_as_many_working_days_as_announced():
    """The notice for 2026 gives 365 − 104 weekend days − 24 weekdays off + 6 weekends worked… counted by day."""
    first = date(2026, 1, 1)
    weekdays_off = [h.day for h in holidays_between(first, date(2026, 12, 31), ["CN"]) if not h.worked]
    on_weekdays = sum(1 for off in weekdays_off if off.weekday() < 5)
    weekdays = sum(1 for n in range(365) if (first + n * DAY).weekday() < 5)

    worked = sum(is_workday(first + n * DAY, Region.CN) for n in range(365))

    assert worked == weekdays - on_weekdays + 6


@pytest.mark.parametrize(
    ("language", "region", "name"),
    [
        ("zh-hans", "CN", "国庆节"),
        ("zh-hant", "CN", "國慶節"),
        ("en", "CN", "National Day"),
        ("zh-hans", "HK", "国庆日"),
        ("zh-hant", "HK", "國慶日"),
    ],
)
def test_holiday_is_named_in_the_language_of_the_page(language, region, name):
    with translation.override(language):
        assert holiday_name(day("2026-10-01"), region) == name


def test_day_without_a_holiday_has_no_name():
    assert (holiday_name(day("2026-11-23"), "CN"), reason_off(day("2026-11-23"), "CN")) == ("", "")


def test_company_day_goes_before_the_calendar_and_a_region_before_the_company():
    known = [
        declared("2026-11-23"),
        declared("2026-11-23", DayKind.WORK, "TW"),
        declared("2026-02-17", DayKind.WORK),
        declared("2026-11-28", DayKind.WORK, "CN", "补班"),
    ]

    found = [
        (is_workday(day("2026-11-23"), "CN", known), is_workday(day("2026-11-23"), "TW", known)),
        (is_workday(day("2026-02-17"), "CN", known), is_workday(day("2026-02-17"), "HK", known)),
        (is_workday(day("2026-11-28"), "CN", known), is_workday(day("2026-11-28"), "HK", known)),
    ]

    assert found == [(False, True), (True, True), (True, False)]


def test_reason_names_the_company_day_then_the_holiday_then_the_weekend():
    known = [declared("2026-11-23")]
    with translation.override("zh-hans"):
        reasons = [reason_off(day(text), "CN", known) for text in ("2026-11-23", "2026-10-01")]
    with translation.override("en"):
        reasons.append(reason_off(day("2026-11-22"), "CN", known))

    assert reasons == ["司庆日", "国庆节", "weekend"]


@pytest.mark.parametrize(
    ("how", "text", "moved"),
    [
        (Shift.NONE, "2026-10-03", "2026-10-03"),
        (Shift.NEXT, "2026-10-03", "2026-10-08"),
        (Shift.PREVIOUS, "2026-10-03", "2026-09-30"),
        (Shift.NEAREST, "2026-10-03", "2026-09-30"),
        (Shift.NEAREST, "2026-10-06", "2026-10-08"),
        (Shift.NEAREST, "2026-11-21", "2026-11-20"),
        (Shift.NEAREST, "2026-11-22", "2026-11-23"),
        (Shift.NEXT, "2026-02-14", "2026-02-14"),
        (Shift.NEXT, "2026-02-15", "2026-02-24"),
        (Shift.NEXT, "2026-12-31", "2026-12-31"),
        (Shift.NEXT, "2027-01-01", "2027-01-04"),
    ],
)
def test_day_off_is_moved_to_a_working_day(how, text, moved):
    assert shift(day(text), how, "CN") == day(moved)


def test_of_two_days_equally_near_the_later_one_is_taken():
    known = [declared("2026-11-25")]

    assert shift(day("2026-11-25"), Shift.NEAREST, "CN", known) == day("2026-11-26")


def test_shift_respects_company_days_in_its_way():
    known = [declared("2026-11-23"), declared("2026-11-24")]

    assert shift(day("2026-11-21"), Shift.NEXT, "CN", known) == day("2026-11-25")


def test_day_stays_when_no_working_day_is_in_reach():
    begin = day("2026-06-01")
    known = [declared((begin + n * DAY).isoformat()) for n in range(-1, 90)]

    assert shift(begin, Shift.NEXT, "CN", known) == begin


def test_company_days_are_read_in_one_query_with_those_that_a_shift_reaches(db, django_assert_num_queries):
    for text in ("2026-01-15", "2026-11-23", "2026-12-30", "2027-06-01"):
        declared(text).save()

    with django_assert_num_queries(1):
        found = company_days(day("2026-11-20"), day("2026-11-30"))

    assert [each.day.isoformat() for each in found] == ["2026-11-23", "2026-12-30"]


def test_holidays_between_two_days_are_sorted_and_tell_worked_weekends():
    with translation.override("zh-hans"):
        found = [
            (h.day.isoformat(), h.region, h.worked) for h in holidays_between(day("2026-10-07"), day("2026-10-10"))
        ]

    assert found == [
        ("2026-10-07", "CN", False),
        ("2026-10-09", "TW", False),
        ("2026-10-10", "CN", True),
        ("2026-10-10", "TW", False),
    ]


def test_year_that_was_not_announced_says_so():
    assert [table_of("CN", year).announced for year in (2026, 2098)] == [True, False]
    assert table_of("HK", 2098).announced


@pytest.mark.parametrize("year", [1899, 1999, 2100, 9999])
def test_year_out_of_reach_has_no_holidays_and_no_error(year):
    assert (dict(table_of("CN", year).off), is_workday(date(year, 10, 1), "CN")) == (
        {},
        date(year, 10, 1).weekday() < 5,
    )


def test_table_is_read_once_a_process():
    assert table("CN", 2026, "zh_CN") is table("CN", 2026, "zh_CN")


def test_demo_company_has_days_of_this_year_and_the_next(db):
    tell(SimpleNamespace(today=day("2026-11-22")))

    found = CompanyDay.objects.filter(region="CN").order_by("day").values_list("day", "kind")
    assert [(when.isoformat(), kind) for when, kind in found] == [
        ("2026-06-13", "work"),
        ("2026-12-31", "off"),
        ("2027-06-13", "work"),
        ("2027-12-31", "off"),
    ]
