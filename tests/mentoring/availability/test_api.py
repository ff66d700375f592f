import pytest

from mentoring.availability.actions import add_away, save_availability
from mentoring.models import Availability
from tests.factories.people import PersonFactory
from trainingsite.core import clock

URL = "/api/v1/availability/"
BULK = f"{URL}bulk/"


@pytest.fixture
def li(db):
    return PersonFactory(name="李静", employee_number="E100")


@pytest.fixture
def zhao(db):
    return PersonFactory(name="赵磊", employee_number="E200")


def kept():
    rows = Availability.objects.order_by("person__employee_number")
    return {row.person.employee_number: (row.shifts, row.languages) for row in rows.select_related("person")}


def counts(answer):
    body = answer.json()
    return body["created"], body["changed"], body["unchanged"]


def faults(answer):
    """(attribute, code) of each error."""
    return {(error["attr"], error["code"]) for error in answer.json()["errors"]}


def test_hr_system_says_shifts_and_languages_by_id_and_by_number(rest, li, zhao):
    rows = [
        {"person": li.pk, "shifts": ["late", "day"], "languages": ["cmn"]},
        {"employee_number": "E200", "languages": ["yue", "cmn"]},
    ]

    assert counts(rest("put", BULK, rows)) == (2, 0, 0)
    assert kept() == {"E100": (["day", "late"], ["cmn"]), "E200": ([], ["cmn", "yue"])}


def test_a_repeat_changes_nothing_and_what_is_left_out_stays(rest, li):
    save_availability(li, shifts=["day"], languages=["cmn"])

    assert counts(rest("put", BULK, [{"person": li.pk, "shifts": ["day"]}])) == (0, 0, 1)
    assert counts(rest("put", BULK, [{"person": li.pk, "shifts": ["night"]}])) == (0, 1, 0)
    assert kept() == {"E100": (["night"], ["cmn"])}


BAD = [
    {"employee_number": "nobody", "shifts": ["day"]},
    {"employee_number": "E100", "shifts": ["siesta"]},
    {"employee_number": "E100", "languages": "cmn"},
    {"employee_number": "E100", "languages": [["cmn"], None, 3]},
    {"employee_number": "E100", "mood": "good"},
    {"person": "1", "shifts": []},
    {"person": 2**80},
    {"shifts": ["day"]},
    "text",
]


def test_each_bad_row_is_named_at_its_field_and_nothing_is_kept(rest, li, zhao):
    answer = rest("put", BULK, [{"employee_number": "E200", "shifts": ["day"]}, *BAD])

    assert answer.status_code == 400
    assert faults(answer) == {
        ("1.employee_number", "unknown"),
        ("2.shifts", "invalid"),
        ("3.languages", "invalid"),
        ("4.languages", "invalid"),
        ("5.mood", "unknown_field"),
        ("6.person", "unknown"),
        ("7.person", "unknown"),
        ("8.employee_number", "unknown"),
        ("9.non_field_errors", "invalid"),
    }
    assert kept() == {}


def test_with_partial_the_good_rows_are_taken(rest, li, zhao):
    answer = rest("put", f"{BULK}?partial=true", [{"employee_number": "E200", "shifts": ["day"]}, *BAD])

    assert (answer.status_code, counts(answer)) == (200, (1, 0, 0))
    assert {problem["row"] for problem in answer.json()["problems"]} == set(range(2, 11))
    assert kept() == {"E200": (["day"], [])}


def test_a_person_named_twice_is_refused(rest, li):
    answer = rest("put", BULK, [{"person": li.pk, "shifts": ["day"]}, {"employee_number": "E100", "shifts": []}])

    assert (faults(answer), kept()) == ({("1.employee_number", "duplicate")}, {})


def test_too_many_rows_are_refused(rest, li, monkeypatch):
    monkeypatch.setattr("mentoring.availability.bulk.MAX_ROWS", 1)

    answer = rest("put", BULK, [{"person": li.pk, "shifts": ["day"]}, {"person": li.pk, "shifts": ["day"]}])

    assert ({error["code"] for error in answer.json()["errors"]}, kept()) == ({"too_many"}, {})


@pytest.mark.parametrize("number", ["E1\x0000", "", "  ", None, 7, ["E100"], {"a": 1}])
def test_strange_numbers_are_nobody(rest, li, number):
    answer = rest("put", BULK, [{"employee_number": number, "shifts": ["day"]}])

    assert (answer.status_code, faults(answer), kept()) == (400, {("0.employee_number", "unknown")}, {})


def test_a_number_is_taken_with_spaces_around_it(rest, li):
    assert counts(rest("put", BULK, [{"employee_number": " E100 ", "shifts": ["day"]}])) == (1, 0, 0)


def test_service_accounts_are_nobody(rest, service):
    answer = rest("put", BULK, [{"person": service.user_id, "shifts": ["day"]}])

    assert faults(answer) == {("0.person", "unknown")}


def test_the_empty_list_takes_shifts_away(rest, li):
    save_availability(li, shifts=["day"], languages=["cmn"])

    rest("put", f"{URL}{li.pk}/", {"shifts": []})

    assert kept() == {"E100": ([], ["cmn"])}


def test_list_is_narrowed_by_number_and_shift(rest, li, zhao):
    save_availability(li, shifts=["day"], languages=["cmn"])
    save_availability(zhao, shifts=["night"], languages=["cmn"])

    def numbers(query):
        return [row["employee_number"] for row in rest("get", f"{URL}?{query}").json()["results"]]

    assert (numbers("shift=night"), numbers("employee_number=E100"), numbers("language=kor")) == (
        ["E200"],
        ["E100"],
        [],
    )
    assert rest("get", f"{URL}?shift=siesta").status_code == 400


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_a_fixed_number_of_queries(rest, rows, django_assert_max_num_queries):
    for _ in range(rows):
        save_availability(PersonFactory(), shifts=["day"], languages=[])

    with django_assert_max_num_queries(8):
        rest("get", URL)


@pytest.mark.parametrize("data", [{}, "text", None])
def test_what_is_no_list_is_refused(rest, li, data):
    assert rest("put", BULK, data).status_code == 400


def test_one_person_is_put_and_listed_with_the_days_away(rest, li, zhao):
    today = clock.today()
    add_away(li, first_day=today, last_day=today, note="年假", on=today)
    save_availability(zhao, shifts=["night"], languages=["cmn"])

    answer = rest("put", f"{URL}{li.pk}/", {"shifts": ["day"], "languages": ["cmn", "eng"]})
    listed = rest("get", f"{URL}?language=eng").json()["results"]

    assert answer.status_code == 200
    assert [{**row, "created_at": "", "modified_at": ""} for row in listed] == [
        {
            "id": Availability.objects.get(person=li).pk,
            "person": li.pk,
            "employee_number": "E100",
            "shifts": ["day"],
            "languages": ["cmn", "eng"],
            "days_away": [{"first_day": today.isoformat(), "last_day": today.isoformat(), "note": "年假"}],
            "created_at": "",
            "modified_at": "",
        }
    ]


@pytest.mark.parametrize(("data", "status"), [({"shifts": ["siesta"]}, 400), ([], 400), ({"person": 1}, 200)])
def test_one_person_is_put_with_faults_named(rest, li, data, status):
    assert rest("put", f"{URL}{li.pk}/", data).status_code == status


def test_an_unknown_person_is_not_found(rest, li):
    assert rest("put", f"{URL}{li.pk + 1000}/", {"shifts": []}).status_code == 404


@pytest.mark.parametrize("rows", [1, 60])
def test_a_batch_takes_a_fixed_number_of_queries(rest, rows, django_assert_max_num_queries):
    batch = [{"person": PersonFactory().pk, "shifts": ["day"]} for _ in range(rows)]

    with django_assert_max_num_queries(12):
        rest("put", BULK, batch)
