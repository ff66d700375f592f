from datetime import date, time, timedelta

import pytest

from courses.models import PlanningRule, Series, Session
from courses.series.actions import (
    Plan,
    Scope,
    cancel_of_series,
    change_of_series,
    meant,
    move_of_series,
    plan_series,
    preview,
)
from courses.series.rhythm import arranged
from tests.factories.planning import HOUR, NINE, SeasonFactory, SessionFactory
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

DAY = timedelta(days=1)
WEEK = 7 * DAY
TUESDAYS = [date(2026, 12, day) for day in (1, 8, 15, 22)]
RULE = "FREQ=WEEKLY;BYDAY=TU;COUNT=4"


@pytest.fixture
def room(db):
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)
    return RoomFactory(name="培训室 A")


@pytest.fixture
def plan(room):
    def do(**changed):
        given = {"title": "晨会演练", "rrule": RULE, "starts_on": TUESDAYS[0], "days": TUESDAYS}
        given |= {"at_time": time(9), "minutes": 60, "about": {"room": room, "kind": "team"}}
        return Plan(**{**given, **changed})

    return do


@pytest.fixture
def series(plan, hr, now, hire):
    return plan_series(plan(people_ids=frozenset([hire(name="甲").pk])), by=hr, at=now)


def starts(series):
    return list(series.sessions.order_by("number").values_list("starts_at", flat=True))


def nth(series, number):
    return series.sessions.get(number=number)


def test_series_plans_all_its_sessions_with_their_people(plan, hr, now, hire):
    people = frozenset([hire().pk, hire().pk])
    expert = OutsideInstructorFactory()

    series = plan_series(plan(people_ids=people, instructors=[expert]), by=hr, at=now)

    assert (series.title, series.rrule, series.starts_on, series.owner) == ("晨会演练", RULE, TUESDAYS[0], hr)
    assert starts(series) == [NINE + number * WEEK for number in range(4)]
    assert {session.kind for session in series.sessions.all()} == {"team"}
    assert [session.places.count() for session in series.sessions.all()] == [2] * 4
    assert expert.teachings.count() == 4


def test_series_is_planned_whole_or_not_at_all_and_says_which_day(plan, hr, now, room):
    SessionFactory(title="别的", room=room, starts_at=NINE + 2 * WEEK)

    with pytest.raises(Refused) as refusal:
        plan_series(plan(), by=hr, at=now)

    assert (refusal.value.code, "2026年12月15日" in str(refusal.value.message)) == ("room_double", True)
    assert (Series.objects.count(), Session.objects.count()) == (0, 1)


def test_form_sent_twice_plans_one_series(plan, hr, now):
    token = Session().token
    first = plan_series(plan(), by=hr, at=now, token=token)

    assert plan_series(plan(), by=hr, at=now, token=token) == first
    assert Session.objects.count() == 4


def test_series_without_a_day_is_refused(plan, hr, now):
    with pytest.raises(Refused) as refusal:
        plan_series(plan(days=[]), by=hr, at=now)
    assert (refusal.value.code, Series.objects.count()) == ("no_day", 0)


def test_preview_shows_every_day_with_what_stands_against_it_and_writes_nothing(plan, now, room, double_12):
    SessionFactory(room=room, starts_at=NINE + 2 * WEEK)
    found = arranged(TUESDAYS, "skip")

    rows = preview(plan(days=[one.day for one in found if one.day]), found, at=NINE + HOUR)

    said = [(row.found.day, row.found.why, [clash.kind for clash in row.clashes]) for row in rows]
    assert said == [
        (TUESDAYS[0], "", ["starts_in_past"]),
        (None, "双12", []),
        (TUESDAYS[2], "", ["room_double"]),
        (TUESDAYS[3], "", []),
    ]
    assert [row.refuses for row in rows] == [True, False, True, False]
    assert Session.objects.count() == 1


def test_this_one_the_following_and_all_to_come(series):
    second = nth(series, 2)

    def numbers(scope, at):
        return [each.number for each in meant(second, scope, at=at)]

    assert numbers(Scope.ONE, NINE) == [2]
    assert numbers(Scope.FOLLOWING, NINE) == [2, 3, 4]
    assert numbers(Scope.ALL, NINE - DAY) == [1, 2, 3, 4]
    assert numbers(Scope.ALL, NINE) == [2, 3, 4]


def test_change_of_the_following_leaves_the_others(series, hr, now):
    other = RoomFactory(name="培训室 B")

    assert change_of_series(nth(series, 3), Scope.FOLLOWING, title="进阶", room=other, by=hr, at=now) == 2

    titles = list(series.sessions.order_by("number").values_list("title", "room__name", "sequence"))
    assert titles == [
        ("晨会演练", "培训室 A", 0),
        ("晨会演练", "培训室 A", 0),
        ("进阶", "培训室 B", 1),
        ("进阶", "培训室 B", 1),
    ]


def test_change_that_one_of_them_refuses_changes_none(series, hr, now):
    other = SessionFactory(starts_at=NINE + 3 * WEEK).room

    with pytest.raises(Refused) as refusal:
        change_of_series(nth(series, 1), Scope.ALL, room=other, by=hr, at=now)

    assert (refusal.value.code, "2026年12月22日" in str(refusal.value.message)) == ("room_double", True)
    assert set(series.sessions.values_list("room__name", flat=True)) == {"培训室 A"}


@pytest.mark.parametrize("weeks", [1, -1])
def test_series_moved_by_a_week_does_not_stand_in_its_own_way(series, hr, now, weeks):
    first = nth(series, 2)

    moved = move_of_series(first, Scope.FOLLOWING, starts_at=first.starts_at + weeks * WEEK + HOUR, by=hr, at=now)

    assert moved == 3
    assert starts(series) == [NINE, *(NINE + (number + weeks) * WEEK + HOUR for number in (1, 2, 3))]


def test_move_of_one_into_a_blackout_moves_none(series, hr, now):
    SeasonFactory(starts_on=date(2026, 12, 23), ends_on=date(2026, 12, 24))

    with pytest.raises(Refused) as refusal:
        move_of_series(nth(series, 1), Scope.ALL, starts_at=NINE + DAY, by=hr, at=now)

    assert refusal.value.code == "inside_blackout"
    assert starts(series) == [NINE + number * WEEK for number in range(4)]


def test_length_of_all_is_changed_at_once(series, hr, now):
    move_of_series(nth(series, 1), Scope.ALL, starts_at=NINE, minutes=90, by=hr, at=now)

    assert {session.minutes for session in series.sessions.all()} == {90}


def test_called_off_from_one_on_everybody_is_told_of_each_once(series, hr, now):
    for _twice in range(2):
        cancel_of_series(nth(series, 3), Scope.FOLLOWING, reason="项目结束", by=hr, at=now)

    assert list(series.sessions.order_by("number").values_list("cancelled_reason", flat=True)) == [
        "",
        "",
        "项目结束",
        "项目结束",
    ]
    assert Notice.objects.filter(kind="session_cancelled").count() == 2
