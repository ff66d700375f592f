from datetime import UTC, datetime

import pytest

from tests.factories.courses import CompetencyFactory, CourseFactory
from tests.factories.growth import (
    OfferFactory,
    PlanActionFactory,
    PlanFactory,
    PlanReviewFactory,
    RotationFactory,
    RotationTaskFactory,
)
from tests.factories.people import DepartmentFactory
from trainingsite.people.access.roles import Role


@pytest.fixture
def client(hire, as_):
    return as_(hire(Role.API_CLIENT))


def results(answer):
    return [{key: value for key, value in row.items() if key != "modified_at"} for row in answer.json()["results"]]


def test_rotations_name_people_by_the_hr_systems_ids(client):
    offer = OfferFactory(department=DepartmentFactory(external_id="D-x"), host__external_id="hr-h")
    rotation = RotationFactory(offer=offer, person__external_id="hr-p", going=True)
    for done in (None, datetime(2026, 7, 8, tzinfo=UTC)):
        RotationTaskFactory(rotation=rotation, done_at=done)

    assert results(client.get("/api/v1/rotations/")) == [
        {
            "id": rotation.pk,
            "offer": offer.pk,
            "title": "投诉专席轮岗",
            "department": "D-x",
            "person": "hr-p",
            "host": "hr-h",
            "state": "approved",
            "begins_on": "2026-07-06",
            "ends_on": "2026-07-17",
            "applied_at": "2026-06-10T10:00:00+08:00",
            "decided_at": "2026-06-22T10:00:00+08:00",
            "finished_at": None,
            "tasks": 2,
            "tasks_done": 1,
        }
    ]


def test_plans_come_without_wishes_and_notes(client):
    plan = PlanFactory(person__external_id="hr-p", partner__external_id="hr-s", agreed=True)
    course, competency = CourseFactory(code="c-1"), CompetencyFactory(code="empathy")
    action = PlanActionFactory(plan=plan, kind="course", text="学课", course=course, competency=competency)
    review = PlanReviewFactory(plan=plan, note="不公开")

    assert results(client.get("/api/v1/development-plans/")) == [
        {
            "id": plan.pk,
            "person": "hr-p",
            "partner": "hr-s",
            "begins_on": "2026-06-01",
            "ends_on": "2027-05-31",
            "state": "agreed",
            "person_agreed_at": "2026-06-02T10:00:00+08:00",
            "partner_agreed_at": "2026-06-02T11:00:00+08:00",
            "closed_at": None,
            "actions": [
                {
                    "id": action.pk,
                    "kind": "course",
                    "text": "学课",
                    "competency": "empathy",
                    "course": "c-1",
                    "due_on": "2026-08-01",
                    "done_at": None,
                }
            ],
            "reviews": [{"id": review.pk, "due_on": "2026-09-01", "held_on": None}],
        }
    ]


@pytest.mark.parametrize(
    ("path", "query", "number"),
    [
        ("rotations", {"person__external_id": "hr-p"}, 1),
        ("rotations", {"state": "finished"}, 0),
        ("development-plans", {"partner__external_id": "hr-x"}, 0),
        ("development-plans", {"closed_at__isnull": "true"}, 1),
    ],
)
def test_rows_are_narrowed(client, path, query, number):
    RotationFactory(person__external_id="hr-p")
    PlanFactory()

    assert len(results(client.get(f"/api/v1/{path}/", query))) == number


@pytest.mark.parametrize("path", ["rotations", "development-plans"])
def test_nothing_can_be_written(client, path):
    assert client.post(f"/api/v1/{path}/", {}, content_type="application/json").status_code in {403, 405}


@pytest.mark.parametrize("rows", [1, 20])
def test_lists_take_seven_queries(client, rows, django_assert_max_num_queries):
    RotationFactory.create_batch(rows)
    for plan in PlanFactory.create_batch(rows):
        PlanActionFactory(plan=plan)
        PlanReviewFactory(plan=plan)

    for path in ("rotations", "development-plans"):
        with django_assert_max_num_queries(7):
            assert len(results(client.get(f"/api/v1/{path}/"))) == rows
