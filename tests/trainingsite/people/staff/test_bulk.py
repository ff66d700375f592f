from datetime import date

import pytest

from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.outcome import Outcome, RowsRefused
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Status, User
from trainingsite.people.staff.actions import upsert_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def sync(company):
    """`sync(rows)` sends rows for the department 售后服务部, unless they say otherwise."""

    def send(*rows, **options):
        full = [{"department": company["care"].external_id} | row if isinstance(row, dict) else row for row in rows]
        return upsert_people(full, at=clock.now(), **options)

    return send


def row(number, **fields):
    return {"external_id": f"X{number}", "employee_number": f"E{number}", "name": "王芳"} | fields


def problems(sync, *rows):
    with pytest.raises(RowsRefused) as caught:
        sync(*rows)
    return [(problem.row, problem.field, problem.code) for problem in caught.value.problems]


def test_people_come_with_managers_of_the_same_batch(sync, company):
    outcome = sync(row(1, manager="X2"), row(2, hired_on="2025-01-06", status="probation", time_zone="Asia/Tokyo"))

    assert outcome == Outcome(created=2)
    junior = User.objects.get(external_id="X1")
    boss = User.objects.get(external_id="X2")
    assert (junior.manager, junior.department, junior.username, junior.roles) == (
        boss,
        company["care"],
        "E1",
        {Role.TRAINEE},
    )
    assert (boss.hired_on, boss.status, boss.time_zone, boss.sort_key) == (
        date(2025, 1, 6),
        Status.PROBATION,
        "Asia/Tokyo",
        "wang fang",
    )


def test_repeat_changes_nothing(sync):
    rows = [row(1, manager="X2"), row(2)]
    sync(*rows)
    before = list(User.objects.values_list("pk", "modified_at"))

    assert sync(*rows) == Outcome(unchanged=2)
    assert list(User.objects.values_list("pk", "modified_at")) == before


def test_missing_field_keeps_what_was_there(sync):
    sync(row(1, grade="P3", email="w@example.com"))

    assert sync({"external_id": "X1", "name": "王方"}) == Outcome(changed=1)
    assert User.objects.values_list("name", "grade", "email").get() == ("王方", "P3", "w@example.com")


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"department": "nowhere"}, "department", "unknown"),
        ({"position": "nothing"}, "position", "unknown"),
        ({"manager": "nobody"}, "manager", "unknown"),
        ({"manager": "X1"}, "manager", "own_manager"),
        ({"department": None}, "department", "required"),
        ({"employee_number": ""}, "employee_number", "required"),
        ({"employee_number": "TAKEN"}, "employee_number", "duplicate"),
        ({"time_zone": "Asia/Peking"}, "time_zone", "unknown"),
        ({"hired_on": "2026-02-30"}, "hired_on", "invalid"),
        ({"hired_on": "2026-02-02", "left_on": "2026-02-01"}, "left_on", "left_first"),
        ({"status": "happy"}, "status", "invalid_choice"),
        ({"email": "not an address"}, "email", "invalid"),
        ({"name": ["王"]}, "name", "invalid"),
        ({"name": "王\x00"}, "name", "null_characters_not_allowed"),
        ({"name": "王" * 101}, "name", "max_length"),
        ({"salary": "1"}, "salary", "unknown_field"),
    ],
)
def test_faulty_row_is_named_and_nothing_is_kept(sync, hire, fields, field, code):
    hire(employee_number="TAKEN")

    assert problems(sync, row(5), row(1, **fields)) == [(2, field, code)]
    assert User.objects.count() == 1


def test_new_row_without_the_needed_fields_names_each(sync):
    assert problems(sync, {"external_id": "X9"}) == [(1, "employee_number", "required"), (1, "name", "required")]


def test_row_that_is_no_object_is_named(sync):
    assert (1, "", "invalid") in problems(sync, "王芳")


def test_twins_in_a_batch_are_refused(sync):
    assert problems(sync, row(1), row(2, employee_number="E1"), row(1, employee_number="E3")) == [
        (2, "employee_number", "duplicate"),
        (3, "external_id", "duplicate"),
    ]


def test_partial_takes_the_good_rows_and_lists_the_others(sync):
    outcome = sync(row(1, department="?"), row(2), row(3, manager="X1"), partial=True)

    assert (outcome.created, [(p.row, p.external_id, p.field, p.code) for p in outcome.problems]) == (
        1,
        [(1, "X1", "department", "unknown"), (3, "X3", "manager", "broken_reference")],
    )
    assert list(User.objects.values_list("external_id", flat=True)) == ["X2"]


def test_two_people_swap_their_numbers(sync):
    sync(row(1), row(2))

    assert sync(row(1, employee_number="E2", username="E2"), row(2, employee_number="E1", username="E1")) == Outcome(
        changed=2
    )
    assert dict(User.objects.values_list("external_id", "employee_number")) == {"X1": "E2", "X2": "E1"}


def test_person_entered_by_hand_is_adopted_by_employee_number(sync, hire):
    person = hire(employee_number="E1", external_id=None)

    assert sync(row(1)) == Outcome(changed=1)
    person.refresh_from_db()
    assert person.external_id == "X1"


def test_who_left_is_locked_out_and_who_returns_is_not(sync):
    sync(row(1, hired_on="2025-01-06"))
    sync(row(1, left_on="2025-06-30"))
    gone = User.objects.values_list("status", "is_active").get()
    sync(row(1, left_on=None, status="regular"))

    assert [gone, User.objects.values_list("status", "is_active").get()] == [("left", False), ("regular", True)]


def test_account_closed_by_hand_stays_closed(sync):
    sync(row(1))
    User.objects.update(is_active=False)
    sync(row(1, grade="P4"))

    assert User.objects.values_list("grade", "is_active").get() == ("P4", False)


def test_service_account_is_out_of_reach(sync, hire):
    hire(external_id="X1", is_service=True, department=None)

    assert problems(sync, row(1)) == [(1, "external_id", "duplicate")]


@pytest.mark.parametrize("number", [1, 30])
def test_number_of_queries_does_not_grow(sync, number, django_assert_num_queries):
    rows = [row(n, manager="X0") for n in range(number)]
    with django_assert_num_queries(21):
        sync(*rows[1:], row(0))


def test_too_many_rows_are_refused_at_once(sync, monkeypatch):
    monkeypatch.setattr("trainingsite.people.hr_sync.batch.MAX_ROWS", 1)

    with pytest.raises(Refused, match="1"):
        sync(row(1), row(2))
