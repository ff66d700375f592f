import pytest

from trainingsite.people.access.roles import Role


@pytest.fixture
def client(hire, as_):
    return as_(hire(Role.API_CLIENT))


def test_a_round_is_read_with_its_matches(client, begin, mentee, mentor, today):
    matching = begin([mentee(external_id="hr-e")], {mentor("李静", "empathy", external_id="hr-m"): 2}, goal="独立接待")

    (found,) = client.get("/api/v1/matching-rounds/").json()["results"]

    whole = client.get(f"/api/v1/matching-rounds/{matching.pk}/").json()
    (match,) = whole.pop("matches")
    assert whole == found
    assert (found["title"], found["state"], found["starts_on"], found["goal"]) == (
        "六月新人",
        "draft",
        today.isoformat(),
        "独立接待",
    )
    assert (match["mentee"], match["mentor"], match["is_fixed"], match["pairing"]) == ("hr-e", "hr-m", False, None)
    assert found["best"] == match["score"] > 0


@pytest.mark.parametrize(("state", "number"), [("draft", 1), ("confirmed", 0)])
def test_rounds_are_filtered_by_state(client, begin, mentee, mentor, state, number):
    begin([mentee()], {mentor(): 1})

    assert len(client.get("/api/v1/matching-rounds/", {"state": state}).json()["results"]) == number


@pytest.mark.parametrize("rounds", [1, 5])
def test_reading_takes_three_queries(client, begin, mentee, mentor, rounds, django_assert_num_queries):
    for number in range(rounds):
        begin([mentee(f"新人{number}")], {mentor(f"导师{number}"): 1})
    client.get("/api/v1/matching-rounds/")

    with django_assert_num_queries(3):
        client.get("/api/v1/matching-rounds/")


@pytest.mark.parametrize("people", [1, 5])
def test_one_round_takes_three_queries(client, begin, mentee, mentor, people, django_assert_num_queries):
    matching = begin([mentee(f"新人{number}") for number in range(people)], {mentor("导师", capacity=5): 5})

    with django_assert_num_queries(3):
        answer = client.get(f"/api/v1/matching-rounds/{matching.pk}/")

    assert len(answer.json()["matches"]) == people


def test_nothing_is_written_by_rest(client):
    assert client.post("/api/v1/matching-rounds/", {}, content_type="application/json").status_code == 403
