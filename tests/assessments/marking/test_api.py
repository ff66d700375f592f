import pytest

from assessments.marking.actions import mark
from assessments.marking.models import Marking
from courses.models import Rubric
from tests.factories.marking import ESSAY, NINE, answer_of, by_levels, essay_quiz, handed_in, marked
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
QUEUE, MARKINGS = "/api/v1/marking-queue/", "/api/v1/markings/"


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="人力", external_id="HR-1")


def post(client, path, data):
    return client.post(path, data, content_type="application/json")


class TestQueue:
    def test_gives_what_the_page_shows(self, as_, hr, hire):
        attempt = handed_in(hire(name="林小雨", external_id="P-1"), essay_quiz())
        answer = answer_of(attempt)

        (row,) = as_(hr).get(QUEUE).json()["results"]
        keys = ("id", "part", "author", "person", "attempt", "answer", "rubric", "points", "position")
        assert {key: row[key] for key in keys} == {
            "id": answer.pk,
            "part": "first",
            "author": "林小雨",
            "person": "P-1",
            "attempt": attempt.pk,
            "answer": ESSAY,
            "rubric": Rubric.objects.get().pk,
            "points": 5,
            "position": 1,
        }

    def test_says_nothing_of_whose_it_is_where_names_are_hidden(self, as_, hr, hire):
        handed_in(hire(name="林小雨", external_id="P-1"), essay_quiz(graded=False, anonymous=True))

        answer = as_(hr).get(QUEUE)
        assert [answer.json()["results"][0][key] for key in ("person", "attempt")] == [None, None]
        assert "林小雨" not in answer.content.decode()

    def test_marks_by_levels_and_by_percent(self, as_, hr, hire):
        rows = [answer_of(handed_in(hire(), quiz)) for quiz in (essay_quiz(), essay_quiz(graded=False))]
        levels = [{"criterion": one.pk, "points": 2} for one in Rubric.objects.get().criteria.all()]
        client = as_(hr)
        answers = [
            post(client, f"{QUEUE}{rows[0].pk}/mark/", {"levels": levels, "comment": "好"}),
            post(client, f"{QUEUE}{rows[1].pk}/mark/", {"percent": 85}),
        ]

        assert [(answer.status_code, answer.json()["fraction"]) for answer in answers] == [
            (201, "0.5000"),
            (201, "0.8500"),
        ]
        assert client.get(QUEUE).json()["results"] == []

    def test_refusal_names_the_field(self, as_, hr, hire):
        answer = answer_of(handed_in(hire(), essay_quiz(graded=False)))

        refused = post(as_(hr), f"{QUEUE}{answer.pk}/mark/", {"percent": 63})
        assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, "percent")
        assert Marking.objects.count() == 0

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_as_for_thirty(self, as_, hr, hire, rows, django_assert_max_num_queries):
        quiz = essay_quiz(graded=False)
        for _row in range(rows):
            handed_in(hire(), quiz)
        client = as_(hr)
        client.get(QUEUE)

        with django_assert_max_num_queries(6):
            client.get(QUEUE)


class TestMarkings:
    def test_has_each_mark_as_a_row_when_all_is_decided(self, rest, hr, hire):
        quiz = essay_quiz(graded=False, second_marker=True)
        answer = answer_of(handed_in(hire(external_id="P-1"), quiz))
        marked(answer, 70, by=hr)
        before = rest("get", MARKINGS).json()["results"]
        marked(answer, 80, by=hire(Role.HR, external_id="HR-2"))

        rows = rest("get", f"{MARKINGS}?person=P-1").json()["results"]
        assert before == []
        assert [(row["marker"], row["role"], row["fraction"]) for row in rows] == [
            ("HR-1", "first", "0.7000"),
            ("HR-2", "second", "0.8000"),
        ]

    def test_keeps_the_levels_as_they_were(self, rest, hr, hire):
        answer = answer_of(handed_in(hire(), essay_quiz()))
        mark(answer, by_levels(2), by=hr, at=NINE)
        (row,) = rest("get", MARKINGS).json()["results"]
        assert [(one["title"], one["points"], one["band"]) for one in row["marks"]] == [
            ("事实梳理", 2, "合格"),
            ("改进建议", 2, "合格"),
        ]


def test_own_marks_are_not_found_by_whose_they_are_before_the_attempt_is_graded(as_, hr, hire):
    person = hire(external_id="P-1")
    attempt = handed_in(person, essay_quiz(graded=False, questions=2, anonymous=True))
    marked(answer_of(attempt), 80, by=hr)

    def found():
        asked = ("", f"?attempt={attempt.pk}", "?person=P-1")
        return [len(as_(hr).get(f"{MARKINGS}{query}").json()["results"]) for query in asked]

    assert found() == [1, 0, 0]
    marked(answer_of(attempt, 2), 60, by=hr)
    assert found() == [2, 2, 2]
