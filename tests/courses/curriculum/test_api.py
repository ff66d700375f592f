import pytest
from rest_framework.test import APIClient

from courses.curriculum.actions import change_unit, remove_unit, retire
from tests.factories.courses import CourseFactory, TopicFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(hire):
    api = APIClient()
    api.force_authenticate(hire(Role.API_CLIENT, department=None))
    return api


def test_topics(client):
    topic = TopicFactory(slug="platform-rules", title="平台规则", summary="规则", position=3)
    TopicFactory(slug="tools")

    (found,) = client.get("/api/v1/topics/?slug=platform-rules").json()["results"]

    assert {**found, "modified_at": None} == {
        "id": topic.pk,
        "slug": "platform-rules",
        "parent": None,
        "depth": 1,
        "title": "平台规则",
        "summary": "规则",
        "translations": {},
        "position": 3,
        "retired_at": None,
        "modified_at": None,
    }


def test_course_comes_with_its_units(client, hire):
    owner = hire(Role.INSTRUCTOR, external_id="hr-7")
    course = CourseFactory(topic__slug="tools", code="crm", title="CRM", owner=owner, objectives={"skill": ["查"]})
    unit = UnitFactory(course=course, slug="rule", title="规则", minutes=8, position=1)

    found = client.get(f"/api/v1/courses/{course.pk}/").json()

    assert {**found, "modified_at": None} == {
        "id": course.pk,
        "code": "crm",
        "topic": "tools",
        "title": "CRM",
        "summary": "",
        "level": "basic",
        "language": "zh-hans",
        "status": "published",
        "version": 1,
        "objectives": {"skill": ["查"]},
        "methods": [],
        "own_minutes": None,
        "prerequisites": [],
        "teaches": [],
        "translations": {},
        "owner": "hr-7",
        "units": [
            {
                "id": unit.pk,
                "slug": "rule",
                "kind": "article",
                "title": "规则",
                "minutes": 8,
                "position": 1,
                "translations": {},
                "introduced_in": 1,
                "removed_in": None,
                "replaces": None,
            }
        ],
        "modified_at": None,
    }


def changed_since(client, moment):
    answer = client.get("/api/v1/courses/", {"modified_since": moment}).json()
    return [course["code"] for course in answer["results"]], answer["as_of"]


class TestChanges:
    """In one test transaction nothing is ever committed, so `as_of` is the clock itself."""

    def test_hold_a_course_whose_unit_changed(self, client):
        unit = UnitFactory(course__code="crm", course__draft=True)
        CourseFactory(code="other")
        since = clock.now().isoformat()

        change_unit(unit, minutes=9)

        assert changed_since(client, since)[0] == ["crm"]

    def test_hold_a_course_that_was_retired(self, client):
        course = UnitFactory(course__code="crm").course
        since = clock.now().isoformat()

        retire(course, at=clock.now())

        assert changed_since(client, since)[0] == ["crm"]

    def test_hold_a_course_without_units(self, client):
        CourseFactory(code="empty", draft=True)

        assert changed_since(client, "2020-01-01T00:00:00Z")[0] == ["empty"]

    def test_name_a_unit_that_was_deleted(self, client):
        unit = UnitFactory(course__draft=True)
        pk = unit.pk
        remove_unit(unit)

        gone = client.get("/api/v1/tombstones/?resource=units").json()["results"]

        assert [(stone["resource"], stone["id"]) for stone in gone] == [("units", pk)]

    def test_come_in_pages_that_miss_nothing(self, client):
        codes = [UnitFactory().course.code for _course in range(5)]

        page, found = client.get("/api/v1/courses/?page_size=2").json(), []
        while True:
            found += [course["code"] for course in page["results"]]
            if not page["next"]:
                break
            page = client.get(page["next"]).json()

        assert found == codes


@pytest.mark.parametrize("rows", [1, 30])
def test_courses_take_as_many_queries_for_one_as_for_thirty(client, rows, django_assert_max_num_queries):
    for _row in range(rows):
        UnitFactory()

    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/courses/").json()["results"]) == rows


@pytest.mark.parametrize(("query", "codes"), [("status=draft", ["b"]), ("topic__slug=tools", ["a"]), ("code=b", ["b"])])
def test_courses_are_filtered(client, query, codes):
    CourseFactory(code="a", topic__slug="tools")
    CourseFactory(code="b", draft=True)

    assert [course["code"] for course in client.get(f"/api/v1/courses/?{query}").json()["results"]] == codes


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_here(client, method):
    assert getattr(client, method)("/api/v1/courses/", {}, format="json").status_code in {403, 405}
