from datetime import date, timedelta

import pytest

from courses.models import CompanyDay, Occurrence, Season
from courses.planning.lanes import Window
from courses.refreshers.actions import beat, materialise, skip
from courses.refreshers.lane import rows
from tests.courses.enrolment.test_deadlines import at_once
from tests.courses.refreshers.conftest import moment, runs
from tests.factories.courses import RefresherFactory
from trainingsite.people.access.roles import Role

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
DAY = timedelta(days=1)
AT = moment(JUNE - 7 * DAY)


def test_second_time_plans_nothing_and_asks_little(course, django_assert_num_queries):
    RefresherFactory.create_batch(12, course=course, rrule="FREQ=WEEKLY")

    assert materialise(at=AT) == 12 * 13
    with django_assert_num_queries(4):
        assert materialise(at=AT) == 0


def test_day_off_that_is_declared_later_moves_what_is_only_planned(course, hire):
    refresher = RefresherFactory(course=course, shift="next")
    materialise(at=AT)
    skip(refresher.occurrences.get(on=JULY), reason="大促", by=hire())
    for day in (JUNE, JULY):
        CompanyDay.objects.create(day=day, name="公司日")

    materialise(at=AT)

    assert runs("planned_on", "on", "due_on", "state")[:2] == [
        (JUNE, JUNE + DAY, JUNE + 15 * DAY, "planned"),
        (JULY, JULY, JULY + 14 * DAY, "skipped"),
    ]


def test_day_off_that_is_declared_after_the_announcement_moves_nothing(course):
    RefresherFactory(course=course, shift="next", announce_days=7)
    beat(at=AT)
    CompanyDay.objects.create(day=JUNE, name="公司日")

    beat(at=AT + DAY)

    assert runs("on", "state")[0] == (JUNE, "announced")


def test_blackout_is_passed_over_even_on_a_weekend_that_is_worked(course):
    """10 October 2026 is a Saturday on which people work instead of a day of the National Day holiday."""
    RefresherFactory(course=course, shift="next", rrule="FREQ=MONTHLY", starts_on=date(2026, 10, 5))
    Season.objects.create(name="国庆大促", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 10))

    materialise(at=moment(date(2026, 10, 1)))

    assert runs("planned_on", "on")[0] == (date(2026, 10, 5), date(2026, 10, 12))


def test_run_that_would_fall_on_the_day_of_another_is_kept_as_skipped(course):
    RefresherFactory(course=course, shift="next", rrule="FREQ=WEEKLY", starts_on=JUNE)
    Season.objects.create(name="618", starts_on=JUNE, ends_on=JUNE + 7 * DAY)

    materialise(at=AT)

    assert runs("planned_on", "on", "state", "skipped_reason")[:2] == [
        (JUNE, JUNE + 8 * DAY, "planned", ""),
        (JUNE + 7 * DAY, JUNE + 8 * DAY, "skipped", "day_taken"),
    ]
    assert Occurrence.objects.filter(state="skipped").first().why == "这一天已有另一次复训。"


def test_run_is_never_shifted_before_the_first_day(course):
    RefresherFactory(course=course, shift="previous", starts_on=date(2026, 6, 6), rrule="FREQ=MONTHLY")

    materialise(at=AT)

    assert runs("planned_on", "on")[:2] == [
        (date(2026, 6, 6), date(2026, 6, 8)),
        (date(2026, 7, 6), date(2026, 7, 6)),
    ]


def test_broken_rule_does_not_hold_up_the_others(course):
    RefresherFactory(course=course, rrule="FREQ=NEVER")
    good = RefresherFactory(course=course)

    materialise(at=AT)

    assert set(Occurrence.objects.values_list("refresher", flat=True)) == {good.pk}


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_plan_each_run_once(course):
    RefresherFactory.create_batch(5, course=course)

    assert sum(at_once(lambda: materialise(at=AT))) == 5 * 3
    assert Occurrence.objects.count() == 5 * 3


def test_board_shows_what_ran_and_what_will_though_it_has_no_row_yet(refresher, hire):
    beat(at=moment(JUNE))
    skip(refresher.occurrences.get(on=JULY), reason="大促", by=hire())

    (row,) = rows(Window(JUNE, date(2026, 12, 31), JUNE, hire(Role.HR)))

    assert [bar.first.month for bar in row.bars] == [6, 8, 9, 10, 11, 12]
    assert {bar.last - bar.first for bar in row.bars} == {14 * DAY}
