from datetime import timedelta

import pytest

from courses.programmes.giving import let_go
from courses.programmes.versions import open_draft
from tests.factories.courses import (
    MONDAY,
    AssignmentFactory,
    CourseFactory,
    ItemFactory,
    ParticipationFactory,
    ProgrammeFactory,
    StageFactory,
)
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def api(as_, hire):
    return as_(hire(Role.API_CLIENT))


@pytest.fixture
def onboarding(db):
    programme = ProgrammeFactory(code="onboarding", title="新人培养")
    first = StageFactory(programme=programme, title="授课", first_day=1, last_day=5)
    ItemFactory(stage=first, course=CourseFactory(code="returns"))
    settings = {"title": "开班", "minutes": 90, "day": 1, "time": "09:30"}
    ItemFactory(stage=first, kind="session", object_id=None, settings=settings, required=False)
    return programme


def only(response):
    (row,) = response.json()["results"]
    return row


def test_programme_has_its_stages_and_items(api, onboarding):
    row = only(api.get("/api/v1/programmes/", {"code": "onboarding"}))

    assert (row["status"], row["version"], row["template"], row["courses"]) == ("published", 1, False, ["returns"])
    (stage,) = row["stages"]
    assert (stage["title"], stage["first_day"], stage["last_day"]) == ("授课", 1, 5)
    assert [(item["kind"], item["course"], item["required"]) for item in stage["items"]] == [
        ("course", "returns", True),
        ("session", None, False),
    ]


def test_draft_of_a_version_is_not_told(api, onboarding):
    draft = open_draft(onboarding, by=None)
    StageFactory(programme=onboarding, version=draft.number, first_day=8, last_day=9)

    assert len(only(api.get("/api/v1/programmes/"))["stages"]) == 1


def test_assignment_says_its_terms(api, onboarding):
    AssignmentFactory(programme=onboarding, standing=True)
    AssignmentFactory()

    row = only(api.get("/api/v1/assignments/", {"standing": "true"}))

    assert (row["programme"], row["programme_version"], row["starts"], row["due_rule"], row["due_on"]) == (
        "onboarding",
        1,
        "on_joining",
        "fixed",
        "2026-07-01",
    )


def test_participations_are_a_feed_of_changes(api, onboarding):
    assignment = AssignmentFactory(programme=onboarding)
    person = PersonFactory(external_id="P-7")
    ParticipationFactory(assignment=assignment, person=person)
    ParticipationFactory()
    first = only(api.get("/api/v1/participations/", {"person": "P-7"}))
    assert (first["programme"], first["state"], first["starts_on"]) == ("onboarding", "active", MONDAY.isoformat())

    let_go(assignment, [person.pk], at=clock.now())
    changed = api.get("/api/v1/participations/", {"modified_since": first["modified_at"], "state": "left"})

    assert only(changed)["left_reason"] == "已离开人群"


def test_deleted_participation_is_told(api):
    row = ParticipationFactory()
    pk = row.pk
    row.delete()

    assert only(api.get("/api/v1/tombstones/", {"resource": "participations"}))["id"] == pk


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("address", ["programmes", "assignments", "participations"])
def test_pages_take_eight_queries(api, rows, address, django_assert_max_num_queries):
    for _ in range(rows):
        ItemFactory()
        ParticipationFactory()
    api.get(f"/api/v1/{address}/")

    with django_assert_max_num_queries(8):
        api.get(f"/api/v1/{address}/")
