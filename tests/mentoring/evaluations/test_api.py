import pytest

from tests.factories.pairings import EvaluationFactory
from trainingsite.people.access.roles import Role

ADDRESS = "/api/v1/pairing-evaluations/"


@pytest.fixture
def client(hire, as_):
    return as_(hire(Role.API_CLIENT))


def test_mentees_words_stay_inside(client, pairing):
    EvaluationFactory(pairing=pairing, text="常常没有时间", stars=1)
    EvaluationFactory(pairing=pairing, side="mentor", text="很用心")

    rows = client.get(ADDRESS).json()["results"]

    assert [(row["side"], row["moment"], row["stars"], row["text"], len(row["marks"])) for row in rows] == [
        ("mentee", "half", None, "", 0),
        ("mentor", "half", 4, "很用心", 4),
    ]


def test_evaluations_of_one_side(client, pairing):
    EvaluationFactory(pairing=pairing)

    found = [len(client.get(ADDRESS, {"side": side}).json()["results"]) for side in ("mentee", "mentor")]

    assert found == [1, 0]


@pytest.mark.parametrize("rows", [1, 20])
def test_evaluations_take_five_queries(client, rows, django_assert_max_num_queries):
    EvaluationFactory.create_batch(rows, side="mentor")

    with django_assert_max_num_queries(5):
        assert len(client.get(ADDRESS).json()["results"]) == rows
