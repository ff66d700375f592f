from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.availability.actions import add_away, remove_away, save_availability
from mentoring.models import Availability, Away
from tests.factories.courses import MONDAY
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused

DAY = timedelta(days=1)


@pytest.fixture
def person(db):
    return PersonFactory()


def span(away):
    return (away.first_day, away.last_day, away.note)


def refusal(person, first, last):
    with pytest.raises(Refused) as refused:
        add_away(person, first_day=first, last_day=last, on=MONDAY)
    return refused.value.field, refused.value.code


def test_shifts_and_languages_are_kept_once_each_in_their_order(person):
    found = save_availability(person, shifts=["late", "day", "late"], languages=["yue", "cmn"])

    assert (found.shifts, found.languages) == (["day", "late"], ["cmn", "yue"])


def test_saving_again_changes_the_one_row_and_a_repeat_does_not_touch_it(person):
    save_availability(person, shifts=["day"], languages=[])
    save_availability(person, shifts=["night"], languages=["eng"])
    before = Availability.objects.get().modified_at

    save_availability(person, shifts=["night"], languages=["eng"])

    row = Availability.objects.get()
    assert (row.shifts, row.languages, row.modified_at) == (["night"], ["eng"], before)


@pytest.mark.parametrize(
    ("shifts", "languages", "field"), [(["siesta"], [], "shifts"), (["day"], ["tlh"], "languages")]
)
def test_what_is_not_on_the_list_is_refused_and_nothing_is_kept(person, shifts, languages, field):
    with pytest.raises(Refused) as refused:
        save_availability(person, shifts=shifts, languages=languages)

    assert (refused.value.field, refused.value.code, Availability.objects.count()) == (field, "unknown", 0)


def test_days_away_are_noted_and_taken_off(person):
    away = add_away(person, first_day=MONDAY, last_day=MONDAY + 4 * DAY, note=" 年假 ", on=MONDAY)
    assert span(Away.objects.get()) == (MONDAY, date(2026, 6, 5), "年假")

    remove_away(away)
    remove_away(away)

    assert Away.objects.count() == 0


def test_the_same_days_again_are_noted_once(person):
    first = add_away(person, first_day=MONDAY, last_day=MONDAY, on=MONDAY)

    assert add_away(person, first_day=MONDAY, last_day=MONDAY, on=MONDAY) == first
    assert Away.objects.count() == 1


def test_days_that_have_begun_may_still_be_noted(person):
    add_away(person, first_day=MONDAY - 3 * DAY, last_day=MONDAY, on=MONDAY)

    assert list(Away.objects.on(MONDAY)) == list(Away.objects.all())


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (2, 1, ("last_day", "wrong_order")),
        (-3, -1, ("last_day", "past")),
        (0, 500, ("last_day", "too_long")),
        (800, 801, ("first_day", "too_far")),
        (4, 6, ("first_day", "overlaps")),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(person, first, last, told):
    add_away(person, first_day=MONDAY + 3 * DAY, last_day=MONDAY + 4 * DAY, on=MONDAY)

    assert refusal(person, MONDAY + first * DAY, MONDAY + last * DAY) == told
    assert Away.objects.count() == 1


def test_the_last_day_of_all_time_is_refused_like_any_other(person):
    assert refusal(person, date.max, date.max) == ("first_day", "too_far")
    assert refusal(person, date.min, date.max) == ("last_day", "too_long")
    assert refusal(person, date.min, date.min) == ("last_day", "past")


def test_days_that_touch_do_not_overlap_and_are_read_in_order(person):
    for first in (4, 2, 0):
        add_away(person, first_day=MONDAY + first * DAY, last_day=MONDAY + (first + 1) * DAY, on=MONDAY)

    assert [away.first_day for away in person.days_away.not_over(MONDAY)] == [
        MONDAY,
        MONDAY + 2 * DAY,
        MONDAY + 4 * DAY,
    ]
    assert person.days_away.not_over(MONDAY + 2 * DAY).count() == 2
    assert person.days_away.on(MONDAY + 3 * DAY).get().first_day == MONDAY + 2 * DAY


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), max_size=8))
def test_whatever_is_noted_in_whatever_order_no_day_is_noted_twice(person, spans):
    Away.objects.all().delete()
    for first, days in spans:
        with suppress(Refused):
            add_away(
                person, first_day=MONDAY + first * DAY, last_day=MONDAY + (first + days) * DAY, note="x", on=MONDAY
            )

    noted = [
        day for away in Away.objects.all() for day in range(away.first_day.toordinal(), away.last_day.toordinal() + 1)
    ]
    wanted = {MONDAY.toordinal() + spans[0][0] + day for day in range(spans[0][1] + 1)} if spans else set()
    assert len(noted) == len(set(noted))
    assert wanted <= set(noted)  # the first is always taken


def test_days_of_two_people_may_overlap(person):
    for one in (person, PersonFactory()):
        add_away(one, first_day=MONDAY, last_day=MONDAY, on=MONDAY)

    assert Away.objects.count() == 2
