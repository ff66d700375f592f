import pytest

from courses.models import Room
from courses.rooms.actions import bring_back_room, retire_room, save_room
from tests.factories.planning import HOUR, NINE, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import RoomFactory
from trainingsite.core.errors import Refused

FACTS = {"name": "培训室 A", "building": "总部", "seats": 20, "equipment": "投影"}


def facts(room):
    return {name: getattr(room, name) for name in FACTS}


@pytest.fixture
def save(hr, now):
    def do(room=None, **changed):
        return save_room(room, **{**FACTS, **changed}, by=hr, at=now)

    return do


def refusal_of(act, *args, **fields):
    with pytest.raises(Refused) as refusal:
        act(*args, **fields)
    return refusal.value.field, refusal.value.code


def test_room_is_added_and_changed(save):
    room = save(name=" 培训室 A ")

    assert facts(room) == FACTS
    assert facts(save(room, seats=30, equipment="")) == {**FACTS, "seats": 30, "equipment": ""}
    assert Room.objects.count() == 1


def test_room_without_a_name_is_refused(save):
    assert refusal_of(save, name="  ") == ("name", "name_missing")


def test_name_twice_in_a_building_is_refused_whatever_its_case(save):
    save()

    assert refusal_of(save, name="培训室 a") == ("name", "room_twice")
    assert save(building="二号楼").pk


def test_fewer_seats_than_a_session_to_come_needs_are_refused(save):
    room = save()
    SessionFactory(room=room, title="大课", capacity=15)

    assert refusal_of(save, room, seats=14) == ("seats", "room_too_small")
    assert save(room, seats=15).seats == 15
    assert save(room, seats=None).seats is None


def test_people_with_a_seat_count_too(save):
    room = save()
    session = SessionFactory(room=room)
    for _number in range(2):
        SessionPlaceFactory(session=session)

    assert refusal_of(save, room, seats=1) == ("seats", "room_too_small")


def test_past_and_hybrid_sessions_do_not_keep_a_room_large(save, hr):
    room = save()
    SessionFactory(room=room, capacity=15, join_url="https://meet.example.com/1")
    SessionFactory(room=room, capacity=15, starts_at=NINE + HOUR)

    assert save_room(room, **{**FACTS, "seats": 3}, by=hr, at=NINE + HOUR).seats == 3


def test_room_with_sessions_to_come_is_not_given_up(save, hr, now):
    room = save()
    SessionFactory(room=room)

    assert refusal_of(retire_room, room, by=hr, at=now) == (None, "room_in_use")
    first = retire_room(room, by=hr, at=NINE + 2 * HOUR)
    assert retire_room(room, by=hr, at=NINE + 3 * HOUR).retired_at == first.retired_at == NINE + 2 * HOUR


def test_cancelled_session_does_not_keep_a_room(save, hr, now):
    room = save()
    SessionFactory(room=room, cancelled_at=now)

    assert retire_room(room, by=hr, at=now).retired_at == now


def test_room_is_brought_back_once(save, hr, now):
    room = retire_room(save(), by=hr, at=now)

    assert [bring_back_room(room, by=hr).retired_at for _repeat in range(2)] == [None, None]


def test_hours_of_a_week_leave_out_other_weeks_and_what_was_cancelled(db, now):
    room = RoomFactory()
    for starts_at in (NINE, NINE + 2 * HOUR, NINE + 7 * 24 * HOUR):
        SessionFactory(room=room, starts_at=starts_at)
    SessionFactory(room=room, starts_at=NINE + 4 * HOUR, cancelled_at=now)

    found = Room.objects.with_hours(NINE.date().replace(day=1), NINE.date().replace(day=6)).get()

    assert (found.booked, found.held) == (2 * HOUR, 2)
