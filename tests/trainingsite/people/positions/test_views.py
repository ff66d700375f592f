import pytest

from tests.factories.people import PositionFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Position


def test_positions_are_listed_with_who_holds_them(as_, hire):
    hr = hire(Role.HR)
    PositionFactory(name="B 组长")
    hire(position=PositionFactory(name="A 客服"))
    page = as_(hr).get("/positions/?sort=-people").context["page"]

    assert [(position.name, position.working) for position in page] == [("A 客服", 1), ("B 组长", 0)]


def test_position_is_added_renamed_and_deleted(as_, hire):
    client = as_(hire(Role.HR))
    client.post("/positions/new/", {"name": "质检"})
    position = Position.objects.get()
    client.post(f"/positions/{position.pk}/edit/", {"name": "质检员"})
    names = list(Position.objects.values_list("name", flat=True))
    client.post(f"/positions/{position.pk}/delete/")

    assert (names, Position.objects.count()) == (["质检员"], 0)


def test_held_position_stays_and_says_why(as_, hire):
    position = PositionFactory()
    hire(position=position)
    answer = as_(hire(Role.HR)).post(f"/positions/{position.pk}/delete/", follow=True)

    assert "仍在使用" in str(next(iter(answer.context["messages"])))
    assert Position.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_a_fixed_number_of_queries(as_, hire, rows, django_assert_num_queries):
    PositionFactory.create_batch(rows)
    client = as_(hire(Role.HR))
    client.get("/positions/")
    with django_assert_num_queries(3):
        client.get("/positions/")
