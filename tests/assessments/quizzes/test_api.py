import pytest

from assessments.models import Quiz
from assessments.quizzes.actions import save_draw, save_section
from courses.models import Course
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import UnitFactory

pytestmark = pytest.mark.django_db
PATH = "/api/v1/quizzes/"


def test_a_quiz_is_told_with_its_settings_sections_and_questions(rest, quiz, course):
    held = save_section(quiz, None, title="案例", note="", shuffle=True)
    save_draw(quiz, None, pool={"tags": ["七天"]}, draw=2, points=3, section=held)

    row = rest("get", f"{PATH}{quiz.pk}/").json()

    assert (row["course"], row["unit"], row["pass_mark"], row["behaviour"]) == (course.code, "quiz", 60, "deferred")
    assert [section["title"] for section in row["sections"]] == ["案例"]
    assert [(item["question"], item["pool"], item["draw"], item["points"]) for item in row["items"]] == [
        *(("pr-1", None, 1, 1), ("pr-2", None, 1, 1), ("pr-3", None, 1, 1)),
        (None, {"tags": ["七天"]}, 2, 3),
    ]
    assert rest("get", f"{PATH}?course={course.code}").json()["results"] == [row]
    assert rest("get", f"{PATH}?course=none").json()["results"] == []


def test_settings_are_changed_and_said_back(rest, quiz):
    change = {"behaviour": "interactive", "tries": 2, "bands": [{"from": 80, "text": "很好"}], "review": {"after": []}}
    answer = rest("patch", f"{PATH}{quiz.pk}/", change)
    assert answer.status_code == 200, answer.json()
    kept = Quiz.objects.get()
    assert (kept.behaviour, kept.tries, kept.bands, kept.review["closed"]) == ("interactive", 2, change["bands"], [])
    assert answer.json()["bands"] == change["bands"]


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"pass_mark": 0}, "pass_mark"),
        ({"behaviour": "psychic"}, "behaviour"),
        ({"review": {"during": ["right"]}}, "review"),
        ({"opens_at": "2026-06-02T00:00Z", "closes_at": "2026-06-01T00:00Z"}, "closes_at"),
        ({"passmark": 90}, "passmark"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_at_its_field(rest, quiz, change, attr):
    answer = rest("patch", f"{PATH}{quiz.pk}/", change)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr)
    assert Quiz.objects.get().pass_mark == 60


def test_of_what_learners_have_only_the_hours_are_changed(rest, quiz):
    Course.objects.update(status="published")
    assert rest("patch", f"{PATH}{quiz.pk}/", {"closes_at": "2026-06-01T00:00Z"}).status_code == 200
    answer = rest("patch", f"{PATH}{quiz.pk}/", {"pass_mark": 90})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "unit_frozen")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_feed_takes_as_many_queries_for_one_as_for_thirty(rest, course, rows, django_assert_max_num_queries):
    for number in range(rows):
        unit = UnitFactory(course=course, kind="quiz", slug=f"quiz-{number}")
        put(QuizFactory(unit=unit), QuestionFactory(topic=course.topic))
    with django_assert_max_num_queries(9):
        rest("get", PATH)
