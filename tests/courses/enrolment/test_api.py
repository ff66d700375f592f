from datetime import timedelta

import pytest
from django.test import Client

from courses.enrolment.actions import extend
from courses.models import Enrolment
from tests.factories.courses import (
    AssignmentFactory,
    CourseFactory,
    EnrolmentFactory,
    ItemFactory,
    ProgrammeFactory,
    add_courses,
)
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

DAY = timedelta(days=1)


@pytest.fixture
def api(db):
    account = PersonFactory(is_service=True)
    RoleGrant.objects.create(user=account, role=Role.API_CLIENT)
    client = Client()
    client.force_login(account, backend="trainingsite.people.access.backend.PersonBackend")
    return client


def ids(api, address, **asked):
    return [row["id"] for row in api.get(f"/api/v1/{address}/", asked).json()["results"]]


def test_enrolment_names_people_and_courses_by_the_keys_of_other_systems(api):
    person = PersonFactory(external_id="hr-1", employee_number="E1")
    programme = ProgrammeFactory(code="newcomers")
    enrolment = EnrolmentFactory(
        person=person, course=CourseFactory(code="returns"), assignment=AssignmentFactory(programme=programme)
    )
    enrolment.refresh_from_db()

    (row,) = api.get("/api/v1/enrolments/").json()["results"]

    assert row.pop("modified_at")
    assert row == {
        "id": enrolment.pk,
        "person": "hr-1",
        "employee_number": "E1",
        "course": "returns",
        "version": 1,
        "programme": "newcomers",
        "scope": "full",
        "state": "open",
        "assigned_on": "2026-06-01",
        "due_on": None,
        "started_at": None,
        "completed_at": None,
        "overdue_since": None,
        "withdrawn_at": None,
        "withdrawn_reason": "",
    }


def test_filters(api):
    today = clock.today()
    late = EnrolmentFactory(
        assigned_on=today - 9 * DAY,
        due_on=today - DAY,
        person=PersonFactory(external_id="hr-1"),
        course=CourseFactory(code="returns"),
    )
    done = EnrolmentFactory(completed_at=clock.now())

    assert ids(api, "enrolments", person="hr-1") == [late.pk]
    assert ids(api, "enrolments", course="returns") == [late.pk]
    assert ids(api, "enrolments", state="overdue") == [late.pk]
    assert ids(api, "enrolments", state="completed") == [done.pk]
    assert ids(api, "completions") == [done.pk]


def test_unknown_state_is_refused_at_its_field(api):
    response = api.get("/api/v1/enrolments/", {"state": "moon"})

    assert (response.status_code, [e["attr"] for e in response.json()["errors"]]) == (400, ["state"])


def test_changes_since_a_moment_and_pages(api, hire):
    first, second = EnrolmentFactory(), EnrolmentFactory()
    since = clock.now().isoformat()
    extend(first, due_on=clock.today() + DAY, by=None)

    assert ids(api, "enrolments", modified_since=since) == [first.pk]
    page = api.get("/api/v1/enrolments/", {"page_size": 1}).json()
    assert [row["id"] for row in page["results"]] == [second.pk]
    assert [row["id"] for row in api.get(page["next"]).json()["results"]] == [first.pk]


def test_deleted_enrolment_leaves_a_tombstone(api):
    enrolment = EnrolmentFactory()
    pk = enrolment.pk
    enrolment.delete()

    rows = api.get("/api/v1/tombstones/", {"resource": "enrolments"}).json()["results"]

    assert [row["id"] for row in rows] == [pk]


def test_programme_lists_its_courses_in_order(api):
    add_courses(ProgrammeFactory(code="newcomers"), CourseFactory(code="returns"), CourseFactory(code="calm"))

    (row,) = api.get("/api/v1/programmes/", {"code": "newcomers"}).json()["results"]

    assert (row["code"], row["courses"]) == ("newcomers", ["returns", "calm"])


def test_trainee_may_not_read_by_rest(as_, hire):
    assert as_(hire()).get("/api/v1/enrolments/").status_code == 403


def test_nothing_is_written_by_rest(api):
    enrolment = EnrolmentFactory()

    assert api.delete(f"/api/v1/enrolments/{enrolment.pk}/").status_code in {403, 405}
    assert Enrolment.objects.get() == enrolment


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("address", ["enrolments", "completions", "programmes"])
def test_pages_take_six_queries(api, rows, address, django_assert_max_num_queries):
    for _ in range(rows):
        EnrolmentFactory(completed_at=clock.now())
        ItemFactory()
    api.get(f"/api/v1/{address}/")

    with django_assert_max_num_queries(6):
        api.get(f"/api/v1/{address}/")
