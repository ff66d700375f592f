from datetime import timedelta

import pytest
from django.utils.translation import override

from courses.models import SessionPlace
from courses.seats.actions import sign_up
from courses.seats.minimum import extend, hold_anyway, judge_minimum, too_few
from courses.seats.tasks import look_after_seats
from courses.sessions.actions import cancel, move
from tests.factories.planning import HOUR, NINE, SessionPlaceFactory
from tests.factories.sessions import OutsideInstructorFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def planner(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def short(open_session, planner, hire, now):
    """A session for at least three, judged at `now`; one person has a seat."""
    teacher = hire(Role.INSTRUCTOR, name="讲师")
    session = open_session(
        title="情绪工作坊",
        capacity=5,
        minimum=3,
        minimum_by=now,
        planned_by=planner,
        instructors=[teacher, OutsideInstructorFactory()],
    )
    SessionPlaceFactory(session=session)
    return session


def test_planner_and_instructors_are_warned_once_when_the_moment_has_come(short, now, told):
    assert judge_minimum(at=now - HOUR) == 0
    assert [judge_minimum(at=now + n * HOUR) for n in range(3)] == [1, 0, 0]

    short.refresh_from_db()
    assert (short.too_few_at, list(too_few(at=now)), told("session_too_few")) == (now, [short], ["人力", "讲师"])
    with override("en"):
        subject = Notice.objects.filter(kind="session_too_few").first().subject
        assert "1 of at least 3" in subject


def test_session_with_enough_people_is_not_found_short(short, now, told):
    for _person in range(2):
        SessionPlaceFactory(session=short)

    assert (judge_minimum(at=now), told("session_too_few")) == (0, [])


def test_people_who_wait_or_have_left_do_not_count(short, now):
    SessionPlaceFactory(session=short, waiting_since=now)
    SessionPlaceFactory(session=short, cancelled_at=now)

    assert judge_minimum(at=now) == 1


def test_warning_is_taken_back_when_enough_sign_up(short, hire, now):
    judge_minimum(at=now)
    for minute in range(2):
        sign_up(short, hire(), at=now + timedelta(minutes=minute))

    short.refresh_from_db()
    assert (short.too_few_at, list(too_few(at=now))) == (None, [])


def test_warning_is_taken_back_when_seats_were_given_by_another_way_and_comes_again_without_a_notice(short, now, told):
    judge_minimum(at=now)
    for _person in range(2):
        SessionPlaceFactory(session=short)

    assert judge_minimum(at=now + HOUR) == 0
    short.refresh_from_db()
    assert short.too_few_at is None
    SessionPlace.objects.filter(session=short).update(cancelled_at=now)
    assert judge_minimum(at=now + 2 * HOUR) == 1
    assert told("session_too_few") == ["人力", "讲师"]


def test_begun_and_cancelled_sessions_are_not_judged(short, planner, now):
    assert judge_minimum(at=NINE) == 0
    cancel(short, reason="讲师出差", by=planner, at=now)
    assert judge_minimum(at=now) == 0


def test_held_anyway_it_is_judged_no_more(short, planner, now):
    judge_minimum(at=now)
    for _repeat in range(2):
        hold_anyway(short, by=planner, at=now)

    short.refresh_from_db()
    assert (short.too_few_at, short.minimum_by, short.minimum) == (None, NINE, 3)
    assert judge_minimum(at=now + DAY) == 0


def test_extended_it_is_judged_and_warned_of_again(short, planner, now, told):
    judge_minimum(at=now)

    extend(short, now + DAY, by=planner, at=now)

    short.refresh_from_db()
    assert (short.too_few_at, short.minimum_by, short.sign_up_until) == (None, now + DAY, now + DAY)
    assert [judge_minimum(at=now + HOUR), judge_minimum(at=now + DAY)] == [0, 1]
    assert told("session_too_few") == ["人力", "人力", "讲师", "讲师"]


@pytest.mark.parametrize("until", [NINE, NINE + HOUR, NINE - 20 * DAY])
def test_deadline_lies_between_now_and_the_beginning(short, planner, now, until):
    with pytest.raises(Refused) as refusal:
        extend(short, until, by=planner, at=now)
    short.refresh_from_db()
    assert (refusal.value.code, refusal.value.field, short.minimum_by) == ("bad_deadline", "until", now)


def test_moved_session_is_judged_anew(short, planner, now):
    judge_minimum(at=now)

    move(short, starts_at=NINE + 2 * DAY, by=planner, at=now)

    short.refresh_from_db()
    assert (short.too_few_at, short.minimum_by) == (None, now + 2 * DAY)


def test_beat_fills_free_seats_before_it_judges(short, hire, now):
    for minute in range(2):
        SessionPlaceFactory(session=short, person=hire(), waiting_since=now + timedelta(minutes=minute))

    with clock.frozen(now):
        assert tuple(look_after_seats()) == (2, 0)
        assert tuple(look_after_seats()) == (0, 0)


def test_beat_gives_the_seat_of_who_has_left_the_company_to_the_next(open_session, hire, now):
    session = open_session(capacity=1)
    leaver, stays = hire(), hire(name="王小明")
    for minute, person in enumerate((leaver, stays)):
        sign_up(session, person, at=now + timedelta(minutes=minute))
    leaver.left_on = now.date()
    leaver.save()

    with clock.frozen(now + HOUR):
        assert tuple(look_after_seats()) == (1, 0)

    assert list(session.places.exclude(seat=None).values_list("person__name", "seat")) == [("王小明", 1)]
