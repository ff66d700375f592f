import pytest

from assessments.models import Question, Quiz
from courses.curriculum.versions import start_version
from courses.models import Course
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import TopicFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


@pytest.fixture
def editor(quiz):
    return f"/units/{quiz.unit_id}/quiz/"


def codes(quiz):
    return list(quiz.items.values_list("question__code", flat=True))


def offered(response):
    return [question.code for question in response.context["page"]]


def test_the_settings_are_saved(hr, editor):
    hr.post(editor, {"pass_mark": 90, "time_limit_minutes": "", "max_attempts": 5})
    quiz = Quiz.objects.get()
    assert (quiz.pass_mark, quiz.time_limit_minutes, quiz.max_attempts, quiz.shuffle) == (90, None, 5, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [("pass_mark", "0"), ("pass_mark", "101"), ("time_limit_minutes", "-3"), ("max_attempts", "viel")],
)
def test_a_setting_out_of_reason_is_said_at_the_field(hr, editor, field, value):
    response = hr.post(editor, {"pass_mark": 80, field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Quiz.objects.get().pass_mark == 60


def test_the_bank_offers_the_own_topic_first_and_what_is_not_in_the_quiz(hr, editor, course):
    other = TopicFactory()
    QuestionFactory(topic=course.topic, code="pr-8", retired_at="2026-01-01T00:00Z", status="retired")
    QuestionFactory(topic=course.topic, code="pr-9", stem="运费险?")
    QuestionFactory(topic=other, code="cm-1")
    assert offered(hr.get(editor)) == ["pr-9"]
    assert offered(hr.get(editor, {"topic": other.pk})) == ["cm-1"]
    assert offered(hr.get(editor, {"topic": "", "q": "运费"})) == ["pr-9"]


def test_questions_are_put_in_moved_weighed_and_taken_out(hr, editor, quiz, course, asked):
    new, change = QuestionFactory(topic=course.topic, code="pr-9"), f"{editor}questions/"
    hr.post(change, {"add": new.pk})
    assert codes(quiz) == ["pr-1", "pr-2", "pr-3", "pr-9"]
    order = [question.pk for question in [*asked, new]]
    hr.post(change, {"question": order, "up": new.pk})
    hr.post(change, {"question": [asked[0].pk, asked[1].pk, new.pk, asked[2].pk], "down": asked[0].pk})
    assert codes(quiz) == ["pr-2", "pr-1", "pr-9", "pr-3"]
    hr.post(change, {"weigh": new.pk, f"points-{new.pk}": "4"})
    assert quiz.items.get(question=new).points == 4
    hr.post(change, {"remove": asked[0].pk, "question": order})
    assert codes(quiz) == ["pr-2", "pr-9", "pr-3"]


@pytest.mark.parametrize(
    "data",
    [{}, {"add": "x"}, {"add": "99999999999999"}, {"remove": "-1"}, {"up": "77"}, {"weigh": "1", "points-1": "-2"}],
)
def test_a_change_that_makes_no_sense_changes_nothing(hr, editor, quiz, data):
    assert hr.post(f"{editor}questions/", data).status_code == 302
    assert codes(quiz) == ["pr-1", "pr-2", "pr-3"]


@pytest.fixture
def offered_quiz(quiz):
    """The quiz of a course that learners have."""
    Course.objects.update(status="published")
    return quiz


def test_htmx_gets_the_builder_with_the_refusal(hr, editor, offered_quiz, asked):
    data = {"remove": asked[2].pk}
    page = hr.post(f"{editor}questions/", data, headers={"HX-Request": "true"}).content.decode()
    assert "学员" in page
    assert "<html" not in page
    assert codes(offered_quiz) == ["pr-1", "pr-2", "pr-3"]


@pytest.mark.parametrize(
    ("path", "data"),
    [("", {"pass_mark": 90}), ("questions/", {"remove": 1}), ("questions/new/", {"stem": "?"})],
)
def test_what_learners_have_is_looked_at_and_not_changed(hr, editor, offered_quiz, path, data):
    assert hr.get(editor).context["held"].code == "unit_frozen"
    assert hr.post(f"{editor}{path}", data).url == editor
    offered_quiz.refresh_from_db()
    assert (offered_quiz.pass_mark, codes(offered_quiz), Question.objects.count()) == (60, ["pr-1", "pr-2", "pr-3"], 3)


def test_new_version_has_a_copy_to_change(hr, editor, offered_quiz, course, asked):
    course.refresh_from_db()
    start_version(course, by=None, at=clock.now())
    offered_quiz.items.filter(question=asked[1]).update(points=4)

    copy_editor = hr.post(f"/units/{offered_quiz.unit_id}/rework/").url
    hr.post(copy_editor, {"pass_mark": 90, "max_attempts": 3, "time_limit_minutes": 10})
    hr.post(f"{copy_editor}questions/", {"remove": asked[0].pk})

    copy = Quiz.objects.exclude(pk=offered_quiz.pk).get()
    assert (copy.pass_mark, codes(copy)) == (90, ["pr-2", "pr-3"])
    assert list(copy.items.values_list("points", flat=True)) == [4, 1]
    offered_quiz.refresh_from_db()
    assert (offered_quiz.pass_mark, codes(offered_quiz)) == (60, ["pr-1", "pr-2", "pr-3"])


def test_the_count_under_the_title_comes_along_with_a_change(hr, editor, course):
    new = QuestionFactory(topic=course.topic)
    assert hr.get(editor).content.decode().count('<span id="quiz-count">共 3 题 · ') == 1
    page = hr.post(f"{editor}questions/", {"add": new.pk}, headers={"HX-Request": "true"}).content.decode()
    assert page.count('<span id="quiz-count" hx-swap-oob="true">共 4 题 · ') == 1


def test_a_question_is_written_in_place(hr, editor, quiz, course):
    data = {"topic": course.topic_id, "kind": "true_false", "difficulty": 1, "stem": "当天发货?", "answer": "true"}
    assert hr.post(f"{editor}questions/new/", data).url == editor
    assert codes(quiz)[-1] == Question.objects.order_by("-pk")[0].code
    again = hr.post(f"{editor}questions/new/", {**data, "stem": ""})
    assert (again.status_code, quiz.items.count()) == (422, 4)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_editor_takes_eleven_queries(rows, hr, editor, course, quiz, django_assert_max_num_queries):
    for number in range(rows):
        question = QuestionFactory(topic=course.topic)
        if number % 2:
            quiz.items.create(question=question, position=number + 5)
    with django_assert_max_num_queries(11):
        hr.get(editor)


def test_an_article_has_no_quiz(hr):
    assert hr.get(f"/units/{UnitFactory().pk}/quiz/").status_code == 404
    assert not Quiz.objects.exists()


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.SUPERVISOR, Role.AUDITOR])
def test_the_editor_is_for_those_who_make_courses(role, editor, hire, as_):
    assert as_(hire(role)).get(editor).status_code == 403
