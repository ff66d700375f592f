import pytest

from tests.factories.courses import CourseFactory
from tests.factories.planning import NINE, SessionFactory, SessionPlaceFactory


def test_feed_holds_sessions_with_everybody_who_has_or_had_a_place(rest, hire):
    course = CourseFactory(code="complaints")
    session = SessionFactory(title="投诉处理工作坊", course=course, room__name="培训室 A")
    here, gone = hire(), hire()
    SessionPlaceFactory(session=session, person=here, attended_at=NINE)
    SessionPlaceFactory(session=session, person=gone, cancelled_at=NINE)

    (found,) = rest("get", "/api/v1/sessions/").json()["results"]

    assert (found["title"], found["course"], found["starts_at"], found["moves"]) == (
        "投诉处理工作坊",
        "complaints",
        "2026-12-01T09:00:00+08:00",
        0,
    )
    places = [(p["employee_number"], bool(p["attended_at"]), bool(p["cancelled_at"])) for p in found["places"]]
    assert places == [(here.employee_number, True, False), (gone.employee_number, False, True)]


def test_feed_is_narrowed_by_time_course_and_person(rest, hire):
    person = hire()
    session = SessionFactory(course=CourseFactory(code="complaints"))
    SessionPlaceFactory(session=session, person=person)
    SessionFactory(starts_at="2027-01-01T01:00:00Z", ends_at="2027-01-01T02:00:00Z")

    for query in (
        "starts_before=2026-12-31T00:00:00Z",
        "course=complaints",
        f"person={person.employee_number}",
    ):
        found = rest("get", f"/api/v1/sessions/?{query}").json()["results"]
        assert [each["id"] for each in found] == [session.pk]


@pytest.mark.parametrize("rows", [1, 30])
def test_feed_takes_as_many_queries_for_one_session_as_for_thirty(rest, hire, rows, django_assert_max_num_queries):
    for _number in range(rows):
        SessionPlaceFactory(person=hire())
    rest("get", "/api/v1/sessions/")

    with django_assert_max_num_queries(9):
        rest("get", "/api/v1/sessions/")
