import pytest

from assessments.models import Override

pytestmark = pytest.mark.django_db
PATH = "/api/v1/quiz-overrides/"


@pytest.fixture
def person(hire):
    return hire(external_id="HR7")


def body(quiz, /, **changed):
    return {"quiz": quiz.pk, "person": "HR7", "extra_minutes": 10, "reason": "手腕受伤"} | changed


def test_terms_are_given_changed_and_ended(rest, offered, person):
    made = rest("post", PATH, body(offered))
    assert made.status_code == 201
    again = rest("post", PATH, body(offered, extra_minutes=20))
    assert again.json()["id"] == made.json()["id"]
    (row,) = rest("get", f"{PATH}?person=HR7&standing=true").json()["results"]
    assert {name: row[name] for name in ("quiz", "person", "audience", "extra_minutes", "ended_at")} == {
        "quiz": offered.pk,
        "person": "HR7",
        "audience": None,
        "extra_minutes": 20,
        "ended_at": None,
    }
    assert rest("delete", f"{PATH}{row['id']}/").status_code == 204
    assert rest("get", f"{PATH}?standing=true").json()["results"] == []
    assert Override.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("changed", "attr"),
    [
        ({"person": None}, "person"),
        ({"person": "nobody"}, "person"),
        ({"extra_minutes": None}, "extra_minutes"),
        ({"extra_minutes": -1}, "extra_minutes"),
        ({"reason": ""}, "reason"),
        ({"quiz": 0}, "quiz"),
    ],
)
def test_a_bad_body_is_refused_at_its_field(rest, offered, person, changed, attr):
    answer = rest("post", PATH, body(offered, **changed))
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr)
    assert not Override.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_feed_takes_as_many_queries_for_one_as_for_thirty(rest, offered, hire, rows, django_assert_max_num_queries):
    for number in range(rows):
        Override.objects.create(quiz=offered, person=hire(external_id=f"P{number}"), max_attempts=9, reason="补考")
    with django_assert_max_num_queries(8):
        rest("get", PATH)
