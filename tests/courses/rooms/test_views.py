import pytest
from django.urls import reverse

from courses.models import Room
from tests.factories.planning import SessionFactory
from tests.factories.sessions import RoomFactory
from trainingsite.core import clock


def shown(response):
    return [row[0].name for row in response.context["rows"]]


def test_list_is_searched_filtered_and_sorted(browse, now):
    RoomFactory(name="A", building="一号楼", seats=10, equipment="投影")
    RoomFactory(name="B", building="二号楼", seats=30)
    RoomFactory(name="C", building="二号楼", retired_at=now)
    address = reverse("rooms")

    assert shown(browse.get(address)) == ["A", "B"]
    assert shown(browse.get(address, {"building": "二号楼"})) == ["B"]
    assert shown(browse.get(address, {"q": "投影"})) == ["A"]
    assert shown(browse.get(address, {"seats": "20"})) == ["B"]
    assert shown(browse.get(address, {"state": "retired"})) == ["C"]
    assert shown(browse.get(address, {"sort": "-seats", "state": "all"})) == ["C", "B", "A"]


def test_list_says_how_full_a_room_is_in_a_week(browse):
    room = RoomFactory()
    SessionFactory(room=room)

    (row,) = browse.get(reverse("rooms"), {"week": "2026-12-04"}).context["rows"]
    (other,) = browse.get(reverse("rooms"), {"week": "2026-12-08"}).context["rows"]

    assert (row[1:], other[1:]) == ((60, 2), (0, 0))


def test_room_leads_to_a_new_session_in_it_unless_it_is_given_up(browse, now):
    room, old = RoomFactory(), RoomFactory(retired_at=now)
    address = f"{reverse('session-new')}?room={room.pk}"

    assert address in browse.get(reverse("room", args=[room.pk])).content.decode()
    assert browse.get(address).context["form"]["room"].value() == room.pk
    assert reverse("session-new") + "?" not in browse.get(reverse("room", args=[old.pk])).content.decode()


@pytest.mark.parametrize("week", ["x", "2026-02-31"])
def test_week_that_is_none_is_this_week(browse, week):
    monday = browse.get(reverse("rooms"), {"week": week}).context["monday"]

    assert (monday.weekday(), (clock.today() - monday).days in range(7)) == (0, True)


def test_export_holds_what_the_list_shows(browse):
    RoomFactory(name="=A", seats=10)
    SessionFactory(room=RoomFactory(name="B"))

    lines = b"".join(browse.get(reverse("rooms-export"), {"week": "2026-12-01"})).decode("utf-8-sig").splitlines()

    assert lines[1:] == ["'=A,总部,10,,0,0,0,2026-11-30,", "B,总部,,,1,60,2,2026-11-30,"]


def test_room_is_added_changed_given_up_and_used_again(browse):
    browse.post(reverse("room-new"), {"name": "A", "building": "一号楼", "seats": "12", "equipment": ""})
    room = Room.objects.get()
    browse.post(reverse("room-edit", args=[room.pk]), {"name": "B", "building": "", "seats": "", "equipment": "白板"})
    room.refresh_from_db()
    assert (room.name, room.building, room.seats, room.equipment) == ("B", "", None, "白板")

    for data, is_retired in (({}, True), ({"back": "1"}, False)):
        browse.post(reverse("room-retire", args=[room.pk]), data)
        room.refresh_from_db()
        assert bool(room.retired_at) == is_retired


@pytest.mark.parametrize(
    ("changed", "field"), [({"name": ""}, "name"), ({"seats": "0"}, "seats"), ({"seats": "x"}, "seats")]
)
def test_bad_room_is_refused_at_its_field(browse, changed, field):
    response = browse.post(reverse("room-new"), {"name": "A", "building": "", "seats": "", "equipment": "", **changed})

    assert (response.status_code, list(response.context["form"].errors), Room.objects.count()) == (422, [field], 0)


def test_room_in_use_is_not_given_up_and_its_sessions_are_shown(browse):
    session = SessionFactory(starts_at=clock.now(), ends_at=clock.now().replace(year=2099))
    address = reverse("room-retire", args=[session.room_id])

    page = browse.post(address, follow=True)

    assert list(page.context["page"]) == [session]
    assert Room.objects.get().retired_at is None


def test_feed_holds_rooms(rest):
    RoomFactory(name="A", building="一号楼", seats=10)
    RoomFactory(name="B", building="二号楼")

    (found,) = rest("get", "/api/v1/rooms/?building=一号楼").json()["results"]

    assert (found["name"], found["seats"], found["retired_at"]) == ("A", 10, None)


@pytest.mark.parametrize("rows", [1, 20])
def test_list_and_page_take_eight_queries(browse, rows, django_assert_max_num_queries):
    rooms = [RoomFactory() for _number in range(rows)]
    for number in range(rows):
        SessionFactory(room=rooms[number])
    for address in (reverse("rooms"), reverse("room", args=[rooms[0].pk])):
        browse.get(address)
        with django_assert_max_num_queries(8):
            browse.get(address)
