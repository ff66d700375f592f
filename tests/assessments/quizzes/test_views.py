import pytest

from assessments.models import Question, Quiz, QuizQuestion, Section
from assessments.quizzes.actions import save_draw, save_section
from courses.curriculum.versions import start_version
from courses.models import Course
from tests.assessments.quizzes.test_actions import line
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


@pytest.fixture
def slot(quiz):
    """`slot("pr-1")`: the mark of the question in the quiz."""
    return lambda code: f"q{quiz.items.get(question__code=code).pk}"


@pytest.fixture
def section(quiz):
    return save_section(quiz, None, title="案例", note="", shuffle=True)


@pytest.fixture
def offered_quiz(quiz):
    """The quiz of a course that learners have."""
    Course.objects.update(status="published")
    return quiz


def offered(response):
    return [question.code for question in response.context["page"]]


def test_the_bank_offers_the_own_topic_first_and_what_is_not_in_the_quiz(hr, editor, course, quiz):
    other = TopicFactory()
    save_draw(quiz, None, pool={"topic": other.pk}, draw=1, points=1)
    QuestionFactory(topic=course.topic, code="pr-8", status="retired")
    QuestionFactory(topic=course.topic, code="pr-9", stem="运费险?")
    QuestionFactory(topic=other, code="cm-1")
    assert offered(hr.get(editor)) == ["pr-9"]
    assert offered(hr.get(editor, {"topic": other.pk})) == ["cm-1"]
    assert offered(hr.get(editor, {"topic": "", "q": "运费"})) == ["pr-9"]


def test_questions_are_put_in_moved_weighed_and_taken_out(hr, editor, quiz, course, section, slot):
    new, change = QuestionFactory(topic=course.topic, code="pr-9"), f"{editor}questions/"
    hr.post(change, {"add": new.pk, "into": section.pk})
    assert line(quiz) == ["pr-1", "pr-2", "pr-3", "[案例]", "pr-9"]
    hr.post(change, {"up": slot("pr-9")})
    hr.post(change, {"down": slot("pr-1")})
    assert line(quiz) == ["pr-2", "pr-1", "pr-3", "pr-9", "[案例]"]
    hr.post(change, {"order": [slot("pr-9"), f"s{section.pk}", slot("pr-1"), slot("pr-2"), slot("pr-3")]})
    assert line(quiz) == ["pr-9", "[案例]", "pr-1", "pr-2", "pr-3"]
    hr.post(change, {"weigh": slot("pr-9"), f"points-{slot('pr-9')}": "4"})
    assert quiz.items.get(question=new).points == 4
    hr.post(change, {"remove": slot("pr-1")})
    hr.post(change, {"remove": f"s{section.pk}"})
    assert line(quiz) == ["pr-9", "pr-2", "pr-3"]


def test_a_move_by_key_says_where_it_went(hr, editor, section, slot):
    def said(**data):
        return hr.post(f"{editor}questions/", data, headers={"HX-Request": "true"}).context["moved"]

    assert said(up=slot("pr-3")) == "现在是第 2 题，共 3 题。"
    assert said(down=slot("pr-2")) == "现在是第 3 题，共 3 题。 在“案例”部分。"
    assert said(up=f"s{section.pk}") == "现在是第 1 部分，共 1 部分。"


@pytest.mark.parametrize(
    "data",
    [
        *({}, {"add": "x"}, {"add": "99999999999999"}, {"remove": "-1"}, {"remove": "q77"}, {"up": "q77"}),
        *({"up": "s77"}, {"weigh": "q1", "points-q1": "-2"}, {"order": ["q77", "s1", "nonsense"]}),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(hr, editor, quiz, data):
    assert hr.post(f"{editor}questions/", data).status_code == 302
    assert line(quiz) == ["pr-1", "pr-2", "pr-3"]


def test_htmx_gets_the_builder_with_the_refusal(hr, editor, offered_quiz, slot):
    data = {"remove": slot("pr-3")}
    page = hr.post(f"{editor}questions/", data, headers={"HX-Request": "true"}).content.decode()
    assert "学员" in page
    assert "<html" not in page
    assert line(offered_quiz) == ["pr-1", "pr-2", "pr-3"]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("questions/", {"remove": "q1"}),
        ("questions/new/", {"stem": "?"}),
        ("sections/new/", {"title": "案例"}),
        ("draws/new/", {"draw": 1, "points": 1, "difficulty": 1}),
    ],
)
def test_what_learners_have_is_looked_at_and_not_changed(hr, editor, offered_quiz, path, data):
    assert hr.get(editor).context["held"].code == "unit_frozen"
    assert hr.post(f"{editor}{path}", data).url == editor
    counts = Question.objects.count(), QuizQuestion.objects.count(), Section.objects.count()
    assert (line(offered_quiz), *counts) == (["pr-1", "pr-2", "pr-3"], 3, 3, 0)


def test_new_version_has_a_copy_to_change(hr, editor, offered_quiz, course, asked):
    course.refresh_from_db()
    start_version(course, by=None, at=clock.now())
    offered_quiz.items.filter(question=asked[1]).update(points=4)

    copy_editor = hr.post(f"/units/{offered_quiz.unit_id}/rework/").url
    copy = Quiz.objects.exclude(pk=offered_quiz.pk).get()
    hr.post(f"{copy_editor}questions/", {"remove": f"q{copy.items.get(question=asked[0]).pk}"})

    assert list(copy.items.values_list("question__code", "points")) == [("pr-2", 4), ("pr-3", 1)]
    assert line(offered_quiz) == ["pr-1", "pr-2", "pr-3"]


def test_the_count_under_the_title_comes_along_with_a_change(hr, editor, course, quiz):
    save_draw(quiz, None, pool={"topic": course.topic_id}, draw=4, points=2)
    new = QuestionFactory(topic=course.topic)
    first = hr.get(editor)
    assert (first.context["asked"], first.context["points"]) == (7, 11)
    assert first.content.decode().count('<span id="quiz-count">共 7 题 · ') == 1
    page = hr.post(f"{editor}questions/", {"add": new.pk}, headers={"HX-Request": "true"}).content.decode()
    assert page.count('<span id="quiz-count" hx-swap-oob="true">共 8 题 · ') == 1


def test_a_question_is_written_in_place(hr, editor, quiz, course):
    data = {"topic": course.topic_id, "kind": "true_false", "difficulty": 1, "stem": "当天发货?", "answer": "true"}
    assert hr.post(f"{editor}questions/new/", data).url == editor
    assert line(quiz)[-1] == Question.objects.order_by("-pk")[0].code
    again = hr.post(f"{editor}questions/new/", {**data, "stem": ""})
    assert (again.status_code, quiz.items.count()) == (422, 4)


def test_a_section_is_made_and_changed(hr, editor, quiz):
    assert hr.post(f"{editor}sections/new/", {"title": "案例", "note": "读完再答", "shuffle": "on"}).url == editor
    made = quiz.sections.get()
    hr.post(f"{editor}sections/{made.pk}/", {"title": "综合案例", "note": ""})
    made.refresh_from_db()
    assert (made.title, made.note, made.shuffle) == ("综合案例", "", False)
    wrong = hr.post(f"{editor}sections/new/", {"title": "综合案例"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["title"])


def test_a_draw_is_made_and_changed_and_says_how_many_there_are(hr, editor, quiz, course, section):
    for number in range(4):
        QuestionFactory(topic=course.topic, code=f"n-{number}", tags=["七天"], difficulty=3)
    sent = {"draw": 3, "points": 2, "topic": course.topic_id, "tags": "七天", "difficulty": [2, 3]}
    assert hr.get(f"{editor}draws/count/", sent).context["has"] == 4
    hr.post(f"{editor}draws/new/?into={section.pk}", sent)
    made = quiz.items.get(question=None)
    assert (made.section, made.draw, made.points) == (section, 3, 2)
    assert made.pool == {"topic": course.topic_id, "tags": ["七天"], "difficulty": [2, 3]}
    page = hr.get(editor).content.decode()
    assert f"{course.topic} · #七天 · 中等/困难" in page
    assert hr.get(f"{editor}draws/{made.pk}/").context["form"].initial["tags"] == ["七天"]
    hr.post(f"{editor}draws/{made.pk}/", {"draw": 9, "points": 1, "kind": ["single"], "tags": "七天"})
    made.refresh_from_db()
    assert (made.pool, made.draw) == ({"tags": ["七天"], "kind": ["single"]}, 9)
    assert "仅有 4 题" in hr.get(editor).content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"draw": 0}, "draw"), ({"points": 101}, "points"), ({"topic": ""}, "topic"), ({"kind": "riddle"}, "kind")],
)
def test_a_draw_that_cannot_be_is_said_at_its_field(hr, editor, quiz, course, changed, field):
    page = hr.post(f"{editor}draws/new/", {"draw": 1, "points": 1, "topic": course.topic_id} | changed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert quiz.items.count() == 3


@pytest.mark.parametrize("rows", [1, 30])
def test_the_editor_takes_seventeen_queries(rows, hr, editor, course, quiz, django_assert_max_num_queries):
    for number in range(rows):
        question = QuestionFactory(topic=course.topic)
        held = save_section(quiz, None, title=str(number), note="", shuffle=True)
        quiz.items.create(question=question, section=held, position=number + 5)
        quiz.items.create(pool={"topic": course.topic_id}, draw=1, section=held, position=number + 5)
    with django_assert_max_num_queries(17):
        hr.get(editor)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_bank_alone_does_not_read_the_quiz(rows, hr, editor, course, quiz, section, django_assert_max_num_queries):
    for number in range(rows):
        quiz.items.create(pool={"topic": course.topic_id}, draw=1, position=number + 5)
        QuestionFactory(topic=course.topic, code=f"n-{number}")
    with django_assert_max_num_queries(12) as made:
        page = hr.get(editor, headers={"HX-Request": "true"})
    assert not [one for one in made.captured_queries if 'assessments_quizquestion"."pool' in one["sql"]]
    assert ("n-0" in page.content.decode(), str(section) in page.content.decode(), "builder" in page.context) == (
        True,
        True,
        False,
    )


def test_an_article_has_no_quiz(hr):
    assert hr.get(f"/units/{UnitFactory().pk}/quiz/").status_code == 404
    assert not Quiz.objects.exists()


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.SUPERVISOR, Role.AUDITOR])
def test_the_editor_is_for_those_who_make_courses(role, editor, hire, as_):
    assert as_(hire(role)).get(editor).status_code == 403
