import pytest

from tests.factories.people import PersonFactory, PositionFactory
from trainingsite.people.models import User

URL = "/api/v1/people/"


def row(company, number, **fields):
    department = company["care"].external_id
    return {
        "external_id": f"X{number}",
        "employee_number": f"E{number}",
        "name": "王芳",
        "department": department,
    } | fields


def test_person_is_shown_with_external_ids(rest, hire, company):
    boss = hire(external_id="boss", name="周杰")
    position = PositionFactory(external_id="P-after")
    person = hire(external_id="X7", employee_number="E7", username="wf", name="王芳", manager=boss, position=position)

    answer = rest("get", f"{URL}{person.pk}/").json()
    stamps = {name: answer.pop(name) for name in ("created_at", "modified_at")}
    assert all(stamps.values())
    assert answer == {
        "id": person.pk,
        "external_id": "X7",
        "employee_number": "E7",
        "username": "wf",
        "name": "王芳",
        "name_latin": "",
        "email": "wf@example.com",
        "department": company["care"].external_id,
        "department_id": company["care"].pk,
        "position": "P-after",
        "position_id": position.pk,
        "grade": "",
        "tags": [],
        "manager": "boss",
        "manager_id": boss.pk,
        "hired_on": "2025-03-03",
        "left_on": None,
        "status": "regular",
        "locale": "zh-hans",
        "time_zone": "Asia/Shanghai",
        "is_active": True,
    }


def test_bulk_twice_changes_nothing_the_second_time(rest, company):
    rows = [row(company, 1, manager="X2"), row(company, 2)]
    answers = [rest("post", f"{URL}bulk/", rows).json() for _time in range(2)]

    assert answers == [
        {"created": 2, "changed": 0, "unchanged": 0, "problems": []},
        {"created": 0, "changed": 0, "unchanged": 2, "problems": []},
    ]


def test_bulk_names_row_and_field_and_keeps_nothing(rest, company, service):
    rows = [row(company, 1), row(company, 2, department="nowhere"), row(company, 3, hired_on="tomorrow")]
    answer = rest("post", f"{URL}bulk/", rows)

    errors = [(error["attr"], error["code"]) for error in answer.json()["errors"]]
    assert (answer.status_code, errors) == (400, [("1.department", "unknown"), ("2.hired_on", "invalid")])
    assert list(User.objects.all()) == [service.user]


def test_bulk_partial_takes_the_good_rows(rest, company):
    answer = rest("post", f"{URL}bulk/?partial=true", [row(company, 1), row(company, 2, department="nowhere")])
    problem = answer.json()["problems"].pop()

    assert answer.json() | {"problems": []} == {"created": 1, "changed": 0, "unchanged": 0, "problems": []}
    assert (problem["row"], problem["external_id"], problem["field"], problem["code"]) == (
        2,
        "X2",
        "department",
        "unknown",
    )


@pytest.mark.parametrize("body", [{"external_id": "X1"}, "text", None, 7])
def test_bulk_of_no_list_is_refused(rest, body):
    answer = rest("post", f"{URL}bulk/", body if body is not None else "null")

    assert (answer.status_code, answer.json()["type"]) == (400, "client_error")


def test_partial_that_is_no_truth_value_is_refused(rest, company):
    assert rest("post", f"{URL}bulk/?partial=maybe", [row(company, 1)]).status_code == 400


def test_put_creates_then_finds_the_same_person(rest, company):
    body = row(company, 1)
    del body["external_id"]
    first, again = (rest("put", f"{URL}by-external-id/X1/", body) for _time in range(2))

    assert (first.status_code, again.status_code, first.json() == again.json()) == (201, 200, True)


def test_put_names_the_field_at_fault(rest, company):
    answer = rest("put", f"{URL}by-external-id/X1/", {"name": "", "employee_number": "E1", "department": "nowhere"})

    assert [(error["attr"], error["code"]) for error in answer.json()["errors"]] == [
        ("name", "required"),
        ("department", "unknown"),
    ]


def test_service_accounts_are_no_people(rest, service):
    answers = [rest("get", URL).json()["results"], rest("get", f"{URL}{service.user_id}/").status_code]

    assert answers == [[], 404]


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_a_fixed_number_of_queries(rest, company, rows, django_assert_num_queries):
    PersonFactory.create_batch(rows, department=company["care"])

    with django_assert_num_queries(5):
        assert len(rest("get", URL).json()["results"]) == rows


def test_history_knows_which_client_changed_a_person(rest, company, service):
    rest("post", f"{URL}bulk/", [row(company, 1)])

    event = User.pgh_event_models["insert"].objects.filter(external_id="X1").get()
    assert event.pgh_context.metadata == {"user": service.user_id, "url": f"{URL}bulk/"}
