import pytest
from django.test import RequestFactory

from tests.factories.people import PositionFactory
from trainingsite.core.paging import paginate, sorted_by
from trainingsite.people.models import Position

pytestmark = pytest.mark.django_db
COLUMNS = {"name": "name", "id": "external_id"}


@pytest.fixture
def three():
    return [PositionFactory(name=name) for name in ("乙", "甲", "丙")]


def ask(query):
    return RequestFactory().get(f"/?{query}")


@pytest.mark.parametrize(
    ("query", "number"), [("", 1), ("page=2", 2), ("page=99", 2), ("page=0", 2), ("page=x", 1), ("page=-1", 2)]
)
def test_page_out_of_range_gives_the_nearest(three, query, number):
    assert paginate(ask(query), Position.objects.order_by("pk"), per_page=2).number == number


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "丙乙甲"),
        ("sort=name", "丙乙甲"),
        ("sort=-name", "甲乙丙"),
        ("sort=-id", "丙甲乙"),
        ("sort=created_at", "丙乙甲"),
        ("sort=--name", "丙乙甲"),
        ("sort=", "丙乙甲"),
    ],
)
def test_only_named_columns_sort(three, query, names):
    found = sorted_by(ask(query), Position.objects.all(), COLUMNS, "name")

    assert "".join(position.name for position in found) == names
