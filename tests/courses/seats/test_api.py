import pytest

from courses.models import SessionPlace
from tests.factories.planning import NINE, SessionFactory, SessionPlaceFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
NOW = NINE.replace(day=1, month=11)


@pytest.fixture(autouse=True)
def _in_november():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def session(open_session):
    return open_session(capacity=1)


@pytest.fixture
def path(session):
    return f"/api/v1/sessions/{session.pk}/sign-ups/"


def test_seat_is_given_then_a_turn_and_a_repeat_answers_with_what_is_there(rest, path, hire):
    ann, ben = (hire(employee_number=number) for number in ("E1", "E2"))

    answers = [rest("post", path, {"employee_number": person.employee_number}) for person in (ann, ben, ann)]

    assert [(answer.status_code, answer.json()["seat"], answer.json()["turn"]) for answer in answers] == [
        (201, 1, None),
        (201, None, 1),
        (200, 1, None),
    ]
    assert answers[0].json() == {
        "employee_number": "E1",
        "seat": 1,
        "turn": None,
        "waiting_since": None,
        "signed_up": True,
    }


def test_place_is_given_up_with_its_reason_and_the_next_moves_up(rest, path, session, hire):
    people = [hire(employee_number=number) for number in ("E1", "E2")]
    for person in people:
        rest("post", path, {"employee_number": person.employee_number})

    answers = [rest("delete", f"{path}E1/?reason=shift").status_code for _repeat in range(2)]

    assert answers == [204, 404]
    places = SessionPlace.objects.order_by("pk").values_list("person", "seat", "given_up_reason")
    assert list(places) == [(people[0].pk, None, "shift"), (people[1].pk, 1, "")]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "required"),
        ({"employee_number": "nobody"}, "does_not_exist"),
        ({"employee_number": "A1"}, "not_in_audience"),
    ],
)
def test_what_the_page_would_refuse_is_refused_here(rest, path, hire, sent, code):
    hire(Role.AUDITOR, employee_number="A1")

    answer = rest("post", path, sent)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)
    assert not SessionPlace.objects.exists()


def test_assigned_seats_stay_and_unknown_sessions_are_none(rest, hire):
    place = SessionPlaceFactory(session=SessionFactory(), person=hire(employee_number="E1"))

    answer = rest("delete", f"/api/v1/sessions/{place.session_id}/sign-ups/E1/")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "seat_assigned")
    for number in (0, 10**30):
        assert rest("post", f"/api/v1/sessions/{number}/sign-ups/", {"employee_number": "E1"}).status_code == 404


def test_people_do_not_sign_up_by_rest(as_, hire, path):
    answer = as_(hire(Role.HR)).post(path, {"employee_number": "E1"}, content_type="application/json")

    assert answer.status_code == 403


def test_who_sits_and_who_waits_is_read_with_the_session(rest, path, session, hire):
    for number in ("E1", "E2"):
        hire(employee_number=number)
        rest("post", path, {"employee_number": number})

    places = rest("get", f"/api/v1/sessions/{session.pk}/").json()["places"]

    found = [
        (place["employee_number"], place["seat"], bool(place["waiting_since"]), place["signed_up"]) for place in places
    ]
    assert found == [("E1", 1, False, True), ("E2", None, True, True)]
