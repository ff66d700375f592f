import pytest
from rest_framework.test import APIClient

from courses.topics.actions import create_topic
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(hire):
    api = APIClient()
    api.force_authenticate(hire(Role.API_CLIENT, department=None))
    return api


def test_tree_is_told_by_the_parents_slug(client):
    top = create_topic(title="工具", slug="tools")
    made = create_topic(title="工单", slug="tickets", summary="写清楚", parent=top)

    (found,) = client.get("/api/v1/topics/?parent__slug=tools").json()["results"]

    assert {**found, "modified_at": None} == {
        "id": made.pk,
        "slug": "tickets",
        "parent": "tools",
        "depth": 2,
        "title": "工单",
        "summary": "写清楚",
        "translations": {},
        "position": 1,
        "retired_at": None,
        "modified_at": None,
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_takes_as_many_queries_for_one_as_for_thirty(client, rows, django_assert_max_num_queries):
    top = create_topic(title="top")
    for number in range(rows):
        create_topic(title=str(number), parent=top)

    with django_assert_max_num_queries(4):
        assert len(client.get("/api/v1/topics/").json()["results"]) == rows + 1
