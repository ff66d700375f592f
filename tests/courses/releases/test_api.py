import pytest
from rest_framework.test import APIClient

from courses.curriculum.versions import discard_draft, publish_version, send_to_review
from tests.factories.courses import EnrolmentFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(hire):
    api = APIClient()
    api.force_authenticate(hire(Role.API_CLIENT, department=None))
    return api


def versions(client, query=""):
    return client.get(f"/api/v1/course-versions/{query}").json()["results"]


def test_version_names_people_by_the_keys_of_other_systems(client, hire, returns, draft):
    author, hr = hire(Role.INSTRUCTOR, external_id="hr-7"), hire(Role.HR, external_id="hr-1")
    sent = send_to_review(returns, notes="新增例外", by=author, at=clock.now())
    version = publish_version(returns, by=hr, at=clock.now())

    found = client.get(f"/api/v1/course-versions/{version.pk}/").json()

    moments = {"created_at", "modified_at", "sent_at", "reviewed_at", "published_at"}
    assert all(found[name] for name in moments)
    assert {name: value for name, value in found.items() if name not in moments} == {
        "id": sent.pk,
        "course": "returns",
        "number": 2,
        "status": "published",
        "notes": "新增例外",
        "reason": "",
        "reask": "nobody",
        "ask_due_on": None,
        "created_by": None,
        "sent_by": "hr-7",
        "reviewed_by": "hr-1",
        "retired_at": None,
    }


@pytest.mark.parametrize(
    ("query", "numbers"), [("?course=returns", [1, 2]), ("?status=draft", [2]), ("?course=other", [])]
)
def test_versions_are_filtered(client, draft, query, numbers):
    assert sorted(version["number"] for version in versions(client, query)) == numbers


def test_status_that_does_not_exist_is_refused(client):
    assert client.get("/api/v1/course-versions/?status=new").status_code == 400


def test_changes_hold_a_published_draft_and_tombstones_one_that_was_thrown_away(client, returns, draft):
    since = clock.now().isoformat()
    discard_draft(returns)

    assert versions(client, f"?modified_since={since.replace('+', '%2B')}") == []
    gone = client.get("/api/v1/tombstones/?resource=course-versions").json()["results"]
    assert [stone["id"] for stone in gone] == [draft.pk]


def test_enrolment_and_course_say_their_version(client, returns, draft):
    EnrolmentFactory(course=returns)
    publish_version(returns, by=None, at=clock.now())
    EnrolmentFactory(course=returns, version=2)

    rows = client.get("/api/v1/enrolments/").json()["results"]
    (course,) = client.get("/api/v1/courses/?code=returns").json()["results"]

    assert sorted(row["version"] for row in rows) == [1, 2]
    assert course["version"] == 2
    assert [(u["slug"], u["introduced_in"], u["removed_in"]) for u in course["units"]] == [
        ("u1", 1, None),
        ("u2", 1, 2),
        ("u2", 2, None),
    ]
