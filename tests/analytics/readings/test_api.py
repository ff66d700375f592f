import pytest
from rest_framework.test import APIClient

from analytics.models import Reading
from tests.factories.analytics import ReadingFactory, row
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.usefixtures("metrics")


@pytest.fixture
def crm(hire):
    client = APIClient()
    client.force_authenticate(hire(Role.API_CLIENT, department=None, is_service=True))
    return client


def sent(person, **changes):
    return {**row(person), "day": "2026-03-02", **changes}


def post(client, *rows, **more):
    return client.post("/api/v1/readings/bulk/", {"source": "crm", "readings": list(rows), **more}, format="json")


def test_bulk_is_recorded_and_the_same_again_changes_nothing(crm, hire):
    wang = hire()
    assert post(crm, sent(wang)).json() == {"created": 1, "corrected": 0, "unchanged": 0, "problems": []}
    assert post(crm, sent(wang)).json() == {"created": 0, "corrected": 0, "unchanged": 1, "problems": []}


def test_wrong_row_is_named_by_place_and_field_and_nothing_is_kept(crm, hire):
    answer = post(crm, sent(hire()), sent(None, employee_number="E-none"), sent(hire(), day="soon"))
    assert answer.status_code == 400
    assert [error["attr"] for error in answer.json()["errors"]] == ["readings.1.employee_number", "readings.2.day"]
    assert Reading.objects.count() == 0


def test_good_rows_alone_are_kept_when_asked_for(crm, hire):
    answer = post(crm, sent(hire()), sent(None, employee_number="E-none"), good_rows_alone=True).json()
    assert (answer["created"], [(p["row"], p["field"]) for p in answer["problems"]]) == (1, [(2, "employee_number")])


@pytest.mark.parametrize(
    "body", [{}, {"source": "crm"}, {"source": "crm", "readings": []}, {"source": "crm", "readings": [1]}, []]
)
def test_body_of_another_shape_is_refused(crm, body):
    assert crm.post("/api/v1/readings/bulk/", body, format="json").status_code == 400


def test_readings_are_listed_with_the_superseded_ones_marked(crm, hire):
    wang = hire()
    post(crm, sent(wang))
    post(crm, sent(wang, numerator="8"))
    rows = crm.get("/api/v1/readings/").json()["results"]
    assert sorted((r["numerator"], r["superseded_at"] is None, r["employee_number"]) for r in rows) == [
        ("8.0000", True, wang.employee_number),
        ("9.0000", False, wang.employee_number),
    ]
    assert [r["numerator"] for r in crm.get("/api/v1/readings/?in_force=true").json()["results"]] == ["8.0000"]


def test_client_gets_only_what_changed_since(crm, hire):
    post(crm, sent(hire()))
    as_of = crm.get("/api/v1/readings/").json()["as_of"]
    later = hire()
    post(crm, sent(later))
    rows = crm.get("/api/v1/readings/", {"modified_since": as_of}).json()["results"]
    assert later.pk in [r["person"] for r in rows]


def test_metrics_are_listed(crm):
    codes = {metric["code"] for metric in crm.get("/api/v1/metrics/").json()["results"]}
    assert codes >= {"first-response-time", "satisfaction", "complaint-rate"}


def test_supervisor_is_kept_out_of_the_api(hire):
    client = APIClient()
    client.force_authenticate(hire(Role.SUPERVISOR))
    assert client.get("/api/v1/readings/").status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_five_queries(crm, hire, rows, django_assert_max_num_queries):
    for _ in range(rows):
        ReadingFactory(person=hire())
    with django_assert_max_num_queries(6):
        crm.get("/api/v1/readings/")
