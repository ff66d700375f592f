import pytest

from tests.factories.planning import HOUR, NINE
from trainingsite.core import clock


@pytest.fixture(autouse=True)
def eleven():
    with clock.frozen(NINE + 2 * HOUR):
        yield


def facts(place):
    place.refresh_from_db()
    return (bool(place.attended_at), place.late_minutes, place.excused_reason, place.noted_by)


def test_machine_notes_attendance_once(rest, session, seat):
    here, away = seat(), seat()
    rows = [
        {"employee_number": here.person.employee_number, "presence": "present", "late_minutes": 4},
        {"person": away.person_id, "presence": "excused", "reason": "病假"},
    ]

    answers = [rest("put", f"/api/v1/sessions/{session.pk}/attendance/", rows).json() for _twice in range(2)]

    assert [(a["created"], a["changed"], a["unchanged"]) for a in answers] == [(2, 0, 0), (0, 0, 2)]
    assert (facts(here), facts(away)) == ((True, 4, "", "import"), (False, None, "病假", "import"))


@pytest.mark.parametrize(
    "row", [{"presence": "present"}, {"person": 0, "presence": "present"}, "x", None, {"presence": [1]}]
)
def test_one_wrong_row_refuses_all(rest, session, seat, row):
    place = seat()
    rows = [{"person": place.person_id, "presence": "present"}, row]

    answer = rest("put", f"/api/v1/sessions/{session.pk}/attendance/", rows)

    assert (answer.status_code, facts(place)[0]) == (400, False)


def test_no_list_and_no_session_are_refused(rest, session):
    assert rest("put", f"/api/v1/sessions/{session.pk}/attendance/", {"x": 1}).status_code == 400
    assert rest("put", "/api/v1/sessions/0/attendance/", []).status_code == 404


def test_cancelled_session_takes_no_attendance(rest, session, seat):
    place = seat()
    session.cancelled_at = NINE
    session.save()

    answer = rest(
        "put",
        f"/api/v1/sessions/{session.pk}/attendance/",
        [{"person": place.person_id, "presence": "present"}],
    )

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "session_cancelled")
