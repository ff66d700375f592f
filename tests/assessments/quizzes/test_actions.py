import pytest
from django.utils.translation import override

from assessments.models import Quiz
from assessments.quizzes.actions import (
    add_questions,
    copy_quiz,
    order_questions,
    problems,
    quiz_of,
    set_points,
    set_questions,
)
from assessments.quizzes.imports import import_quiz
from courses.curriculum.differences import same_content
from courses.curriculum.kinds import UNIT_KINDS, assessing_kinds
from courses.packs.parts import UNIT_PARTS
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import UnitFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


def codes(quiz):
    return list(quiz.items.values_list("question__code", flat=True))


def field_and_code(act, *args):
    with pytest.raises(Refused) as refusal:
        act(*args)
    return refusal.value.field, refusal.value.code


def test_a_quiz_is_a_kind_of_unit_that_assesses(unit, enrolment):
    kind = UNIT_KINDS["quiz"]
    assert "quiz" in assessing_kinds()
    assert kind.edit_url(unit) == f"/units/{unit.pk}/quiz/"
    assert kind.study_url(unit, enrolment) == f"/learn/{enrolment.pk}/quiz/{unit.pk}/"


def test_a_quiz_without_a_question_is_a_problem(unit, asked):
    assert problems(unit) == ["测验“测验:七天无理由退货”还没有题目。"]
    add_questions(quiz_of(unit), asked)
    assert problems(unit) == []


def test_a_unit_has_one_quiz_however_often_it_is_asked_for(unit):
    assert quiz_of(unit) == quiz_of(unit)
    assert Quiz.objects.get().pass_mark == 80


def test_questions_are_added_behind_and_once(quiz, course, asked):
    new = QuestionFactory(topic=course.topic, code="pr-9")
    assert add_questions(quiz, [asked[1], new]) == 1
    assert add_questions(quiz, [new]) == 0
    assert codes(quiz) == ["pr-1", "pr-2", "pr-3", "pr-9"]


def test_a_retired_question_is_not_put_in(quiz, course):
    retired = QuestionFactory(topic=course.topic, retired_at="2026-01-01T00:00Z", status="retired")
    assert field_and_code(add_questions, quiz, [retired]) == ("question", "not_ready")


def test_copy_has_the_settings_and_the_questions_with_their_points(quiz, asked):
    set_points(quiz, asked[1].pk, 4)
    old = quiz.unit
    new = UnitFactory(course=old.course, kind="quiz", slug="quiz-2")

    copy_quiz(old, new)

    assert same_content(old, new) is False
    new.slug, new.title = old.slug, old.title
    assert same_content(old, new) is True
    assert [(item.question, item.points) for item in new.quiz.items.all()] == [
        (question, points) for question, points in zip(asked, (1, 4, 1), strict=True)
    ]


def test_rule_says_the_pass_mark(quiz):
    with override("zh-hans"):
        assert "60%" in quiz.unit.rule


def test_the_order_is_taken_over_and_what_is_not_named_stays_behind(quiz, asked):
    order_questions(quiz, [asked[2].pk, 999, asked[2].pk, asked[0].pk])
    assert codes(quiz) == ["pr-3", "pr-1", "pr-2"]


@pytest.mark.parametrize("points", [0, 101])
def test_points_stay_within_reason(quiz, asked, points):
    assert field_and_code(set_points, quiz, asked[0].pk, points) == ("points", "refused")


def test_asking_exactly_these_keeps_the_points(quiz, course, asked):
    set_points(quiz, asked[2].pk, 5)
    new = QuestionFactory(topic=course.topic, code="pr-9")
    set_questions(quiz, [new, asked[2], asked[0]])
    assert list(quiz.items.values_list("question__code", "points")) == [("pr-9", 1), ("pr-3", 5), ("pr-1", 1)]


def test_a_pack_gives_settings_and_questions_and_twice_is_as_once(unit, asked):
    part = {
        "pass_mark": 90,
        "time_limit_minutes": 15,
        "max_attempts": 2,
        "shuffle": False,
        "questions": ["pr-3", "pr-1"],
    }
    UNIT_PARTS["quiz"].load(unit, part)
    before = list(Quiz.objects.values()), codes(Quiz.objects.get())
    UNIT_PARTS["quiz"].load(unit, part)
    quiz = Quiz.objects.get()
    assert (list(Quiz.objects.values()), codes(quiz)) == before
    assert (quiz.pass_mark, quiz.time_limit_minutes, quiz.max_attempts, quiz.shuffle) == (90, 15, 2, False)
    assert codes(quiz) == ["pr-3", "pr-1"]


@pytest.mark.parametrize(
    ("part", "refusal"),
    [
        ("80 分通过", ("quiz", "shape")),
        ({"questions": []}, ("quiz.questions", "no_question")),
        ({"questions": "pr-1"}, ("quiz.questions", "no_question")),
        ({"questions": ["pr-1", "pr-777"]}, ("quiz.questions", "unknown_question")),
        ({"questions": ["pr-1"], "passmark": 80}, ("quiz", "unknown")),
        ({"questions": ["pr-1"], "pass_mark": 180}, ("quiz.pass_mark", "invalid")),
        ({"questions": ["pr-1"], "pass_mark": "viel"}, ("quiz.pass_mark", "invalid")),
        ({"questions": ["pr-1"], "time_limit_minutes": 0}, ("quiz.time_limit_minutes", "invalid")),
        ({"questions": ["pr-1"], "shuffle": "vielleicht"}, ("quiz.shuffle", "invalid")),
    ],
)
def test_a_part_that_cannot_be_used_is_refused_at_its_place(unit, asked, part, refusal):
    assert field_and_code(import_quiz, unit, part) == refusal


def test_an_unknown_question_changes_no_setting(unit, asked):
    import_quiz(unit, {"pass_mark": 70, "questions": ["pr-1"]})
    with pytest.raises(Refused):
        import_quiz(unit, {"pass_mark": 90, "questions": ["pr-777"]})
    assert Quiz.objects.get().pass_mark == 70
