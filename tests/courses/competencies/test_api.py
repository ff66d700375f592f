import pytest
from rest_framework.test import APIClient

from courses.competencies.actions import save_competency, set_teaches
from courses.competencies.versions import publish_framework
from courses.prerequisites.actions import set_prerequisites
from tests.factories.courses import CompetencyFactory, CourseFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(hire):
    api = APIClient()
    api.force_authenticate(hire(Role.API_CLIENT, department=None))
    return api


def test_competency_comes_with_its_levels(client):
    made = CompetencyFactory(code="empathy", title="共情", group__code="soft", position=3)

    (found,) = client.get("/api/v1/competencies/?group__code=soft").json()["results"]

    level = {"behaviours": "- 照着提示做", "translations": {}}
    assert {**found, "modified_at": None} == {
        "id": made.pk,
        "code": "empathy",
        "group": "soft",
        "title": "共情",
        "summary": "",
        "translations": {},
        "position": 3,
        "levels": [{"number": 1, "title": "入门", **level}, {"number": 2, "title": "熟练", **level}],
        "retired_at": None,
        "modified_at": None,
    }


def test_changed_level_counts_as_a_change(client):
    made = CompetencyFactory(code="empathy")
    CompetencyFactory()
    since = clock.now().isoformat()
    levels = [{"title": "入门", "behaviours": "neu"}, {"title": "熟练", "behaviours": "- 照着提示做"}]

    save_competency(made, group=made.group, title=made.title, levels=levels)

    found = client.get("/api/v1/competencies/", {"modified_since": since}).json()["results"]
    assert [row["code"] for row in found] == ["empathy"]


def test_groups(client):
    made = CompetencyFactory(group__code="soft", group__title="软技能", group__position=2).group

    (found,) = client.get("/api/v1/competency-groups/?code=soft").json()["results"]

    assert {**found, "modified_at": None} == {
        "id": made.pk,
        "code": "soft",
        "title": "软技能",
        "translations": {},
        "position": 2,
        "modified_at": None,
    }


def test_published_versions_hold_the_framework_as_it_was(client, hire):
    made = CompetencyFactory()
    version = publish_framework("首版", by=hire(Role.HR, external_id="hr-1"), at=clock.now())

    found = client.get(f"/api/v1/framework-versions/{version.pk}/").json()

    assert (found["number"], found["by"], found["notes"]) == (1, "hr-1", "首版")
    assert [c["code"] for group in found["snapshot"]["groups"] for c in group["competencies"]] == [made.code]


def test_course_tells_what_it_teaches_and_needs_and_how(client):
    course = CourseFactory(code="crm", methods=["lecture", "online_learning"], own_minutes=45)
    set_teaches(course, [(CompetencyFactory(code="empathy"), 2)])
    set_prerequisites(course, [CourseFactory(code="basics")])

    found = client.get(f"/api/v1/courses/{course.pk}/").json()

    assert {name: found[name] for name in ("methods", "own_minutes", "prerequisites", "teaches")} == {
        "methods": ["lecture", "online_learning"],
        "own_minutes": 45,
        "prerequisites": ["basics"],
        "teaches": [{"competency": "empathy", "level": 2}],
    }


@pytest.mark.parametrize("act", ["teaches", "prerequisites"])
def test_course_that_teaches_or_needs_something_else_has_changed(client, act):
    course, other, competency = CourseFactory(code="crm"), CourseFactory(), CompetencyFactory()
    set_teaches(course, [(competency, 1)])
    since = clock.now().isoformat()

    if act == "teaches":
        set_teaches(course, [])
    else:
        set_prerequisites(course, [other])

    found = client.get("/api/v1/courses/", {"modified_since": since}).json()["results"]
    assert [row["code"] for row in found] == ["crm"]


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("what", ["competencies", "competency-groups"])
def test_takes_as_many_queries_for_one_as_for_thirty(client, what, rows, django_assert_max_num_queries):
    CompetencyFactory.create_batch(rows)

    with django_assert_max_num_queries(5):
        assert len(client.get(f"/api/v1/{what}/").json()["results"]) == rows
