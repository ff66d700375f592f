import pytest

from courses.models import BusyTime
from courses.planning.busy import plan_busy_times, save_busy_times
from tests.factories.planning import SeasonFactory
from trainingsite.core.errors import Refused

BULK = "/api/v1/busy-times/bulk/"


@pytest.fixture
def row(hire):
    """`row(kind="leave")`: a shift of a person on 23 November, as a scheduling system sends it."""
    person = hire()

    def make(**changed):
        given = {
            "source_key": "wfm-1",
            "employee_number": person.employee_number,
            "starts_at": "2026-11-23T09:00:00+08:00",
            "ends_at": "2026-11-23T18:00:00+08:00",
        }
        return {**given, **changed}

    return make


def counts(answer):
    return {name: answer.json()[name] for name in ("created", "changed", "unchanged")}


def test_seasons_are_read_and_narrowed(rest):
    SeasonFactory()
    SeasonFactory(name="店庆", blackout=False)

    found = rest("get", "/api/v1/seasons/?blackout=true&on_or_after=2026-12-10").json()["results"]

    assert [(s["name"], s["starts_on"], s["ends_on"], s["blackout"]) for s in found] == [
        ("双12", "2026-12-08", "2026-12-14", True)
    ]


def test_busy_times_are_taken_once_and_changed_by_their_key(rest, row):
    answers = [rest("put", BULK, [row()]), rest("put", BULK, [row()]), rest("put", BULK, [row(kind="leave")])]

    assert [counts(answer) for answer in answers] == [
        {"created": 1, "changed": 0, "unchanged": 0},
        {"created": 0, "changed": 0, "unchanged": 1},
        {"created": 0, "changed": 1, "unchanged": 0},
    ]
    listed = rest("get", "/api/v1/busy-times/?kind=leave").json()["results"]
    assert [(b["source_key"], b["starts_at"]) for b in listed] == [("wfm-1", "2026-11-23T09:00:00+08:00")]


def test_one_bad_row_refuses_all_and_names_its_fields(rest, row):
    bad = row(source_key="wfm-2", employee_number="nobody", ends_at="2026-11-23T08:00:00+08:00", colour="red")

    answer = rest("put", BULK, [row(), bad])

    assert (answer.status_code, BusyTime.objects.count()) == (400, 0)
    assert sorted(error["attr"] for error in answer.json()["errors"]) == ["1.colour", "1.employee_number", "1.ends_at"]


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"employee_number": ""}, "employee_number", "required"),
        ({"starts_at": "bald"}, "starts_at", "invalid"),
        ({"starts_at": "1900-01-01T09:00:00+08:00"}, "starts_at", "invalid"),
        ({"ends_at": "2029-01-01T09:00:00+08:00"}, "ends_at", "too_long"),
        ({"ends_at": "2026-11-23T09:00:00+08:00"}, "ends_at", "ends_before_start"),
        ({"kind": "holiday"}, "kind", "invalid"),
        ({"source_key": "x" * 101}, "source_key", "max_length"),
    ],
)
def test_what_is_wrong_is_said_with_its_code(row, changed, field, code):
    problems = plan_busy_times([row(**changed)]).problems

    assert [(problem.field, problem.code) for problem in problems] == [(field, code)]


def test_key_given_twice_in_a_batch_is_refused(row):
    problems = plan_busy_times([row(), row(kind="leave")]).problems

    assert [(problem.row, problem.code) for problem in problems] == [(2, "duplicate")]


def test_things_that_are_no_rows_are_refused(rest):
    assert [problem.row for problem in plan_busy_times(["x", 5]).problems] == [1, 2]
    assert rest("put", BULK, {"rows": []}).status_code == 400
    assert rest("put", f"{BULK}?partial=true", []).status_code == 400
    with pytest.raises(Refused):
        plan_busy_times([{}] * 20_001)


@pytest.mark.parametrize("rows", [1, 30])
def test_saving_takes_as_many_queries_for_one_row_as_for_thirty(row, rows, django_assert_max_num_queries):
    sent = [row(source_key=f"wfm-{number}") for number in range(rows)]

    with django_assert_max_num_queries(5):
        save_busy_times(sent)
    assert BusyTime.objects.count() == rows
