import pytest
from django.utils.translation import override

from assessments.models import Quiz, QuizQuestion
from assessments.quizzes.actions import (
    add_questions,
    arrange,
    copy_quiz,
    quiz_of,
    remove_section,
    remove_slot,
    save_draw,
    save_section,
    set_points,
)
from assessments.quizzes.order import Mark, marks_of, moved, read
from assessments.quizzes.problems import problems
from courses.curriculum.differences import same_content
from courses.curriculum.kinds import UNIT_KINDS, assessing_kinds
from courses.models import Course
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import UnitFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


def field_and_code(act, *args, **named):
    with pytest.raises(Refused) as refusal:
        act(*args, **named)
    return refusal.value.field, refusal.value.code


def line(quiz):
    """The quiz as one line: codes, "3×" for a draw of three, [titles] of sections."""
    sections, slots = {s.pk: s for s in quiz.sections.all()}, {s.pk: s for s in quiz.items.select_related("question")}
    said = []
    for kind, pk in marks_of(sections.values(), slots.values()):
        slot = slots.get(pk) if kind == "q" else None
        said.append(f"[{sections[pk]}]" if slot is None else slot.question.code if slot.question else f"{slot.draw}×")
    return said


def mark(quiz, code):
    return Mark("q", quiz.items.get(question__code=code).pk)


def draw(quiz, count=2, points=1, **pool):
    return save_draw(quiz, None, pool=pool or {"difficulty": [2]}, draw=count, points=points)


def section(quiz, title="规则", **fields):
    return save_section(quiz, None, **{"title": title, "note": "", "shuffle": True} | fields)


def test_a_quiz_is_a_kind_of_unit_that_assesses(unit, enrolment):
    kind = UNIT_KINDS["quiz"]
    assert "quiz" in assessing_kinds()
    assert kind.edit_url(unit) == f"/units/{unit.pk}/quiz/"
    assert kind.study_url(unit, enrolment) == f"/learn/{enrolment.pk}/quiz/{unit.pk}/"


def test_a_unit_has_one_quiz_however_often_it_is_asked_for(unit):
    assert quiz_of(unit) == quiz_of(unit)
    assert Quiz.objects.get().pass_mark == 80


def test_rule_says_the_pass_mark(quiz):
    with override("zh-hans"):
        assert "60%" in quiz.unit.rule


def test_questions_are_added_behind_and_once(quiz, course, asked):
    new = QuestionFactory(topic=course.topic, code="pr-9")
    assert add_questions(quiz, [asked[1], new]) == 1
    assert add_questions(quiz, [new], section(quiz)) == 0
    assert line(quiz) == ["pr-1", "pr-2", "pr-3", "pr-9", "[规则]"]


@pytest.mark.parametrize(
    "act",
    [
        lambda quiz, _slot, _held, new: add_questions(quiz, [new]),
        lambda quiz, _slot, _held, _new: draw(quiz),
        lambda quiz, slot, _held, _new: remove_slot(quiz, slot.pk),
        lambda quiz, slot, held, _new: arrange(quiz, [Mark("s", held.pk), Mark("q", slot.pk)]),
        lambda quiz, slot, _held, _new: set_points(quiz, slot.pk, 9),
        lambda quiz, _slot, held, _new: save_section(quiz, held, title="anders", note="", shuffle=True),
        lambda quiz, _slot, _held, _new: section(quiz, "Neu"),
        lambda quiz, _slot, held, _new: remove_section(quiz, held.pk),
    ],
)
def test_what_learners_have_stays_at_every_act(quiz, course, act):
    held, new = section(quiz), QuestionFactory(topic=course.topic, code="pr-9")
    arrange(quiz, [Mark("s", held.pk)])
    before = line(quiz), list(quiz.items.values_list("points", flat=True))
    Course.objects.update(status="published")
    assert field_and_code(act, quiz, quiz.items.first(), held, new) == (None, "unit_frozen")
    assert (line(quiz), list(quiz.items.values_list("points", flat=True))) == before


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_question_that_is_not_ready_is_not_put_in(quiz, course, status):
    new = QuestionFactory(topic=course.topic, status=status)
    assert field_and_code(add_questions, quiz, [new]) == ("question", "not_ready")


@pytest.mark.parametrize("points", [0, 101])
def test_points_stay_within_reason(quiz, points):
    slot = quiz.items.first()
    assert field_and_code(set_points, quiz, slot.pk, points) == ("points", "refused")


@pytest.mark.parametrize(
    ("pool", "count", "refusal"),
    [
        ({}, 1, ("topic", "everything")),
        ({"kind": ["riddle"]}, 1, ("kind", "unknown")),
        ({"difficulty": [9]}, 1, ("difficulty", "unknown")),
        ({"difficulty": [1]}, 0, ("draw", "refused")),
        ({"difficulty": [1]}, 101, ("draw", "refused")),
    ],
)
def test_a_draw_that_cannot_be_is_refused_at_its_field(quiz, pool, count, refusal):
    assert field_and_code(save_draw, quiz, None, pool=pool, draw=count, points=1) == refusal
    assert quiz.items.count() == 3


def test_a_draw_keeps_its_pool_tidy_and_its_place_when_it_is_changed(quiz):
    made = draw(quiz, tags=["七天", "七天", "定制"], topic=None, kind=["multiple", "single"])
    changed = save_draw(quiz, made, pool={"difficulty": [3, 1]}, draw=4, points=2)
    assert made.pool == {"tags": ["七天", "定制"], "kind": ["single", "multiple"]}
    assert (changed.pk, changed.pool, changed.position, changed.draw) == (made.pk, {"difficulty": [1, 3]}, 3, 4)


def test_sections_take_what_stands_behind_them(quiz, asked):
    first, second = section(quiz, "规则"), section(quiz, "案例")
    order = [mark(quiz, "pr-3"), Mark("s", second.pk), mark(quiz, "pr-1"), Mark("s", first.pk), mark(quiz, "pr-2")]
    arrange(quiz, order)
    assert line(quiz) == ["pr-3", "[案例]", "pr-1", "[规则]", "pr-2"]
    arrange(quiz, [*order[:1], Mark("q", 999), order[0]])  # what is not named stays behind
    assert line(quiz) == ["pr-3", "[案例]", "pr-1", "[规则]", "pr-2"]


def test_a_section_taken_away_leaves_its_questions_to_the_one_before(quiz):
    first, second = section(quiz, "规则"), section(quiz, "案例")
    arrange(quiz, [Mark("s", first.pk), mark(quiz, "pr-1"), Mark("s", second.pk), mark(quiz, "pr-2")])
    assert line(quiz) == ["[规则]", "pr-1", "[案例]", "pr-2", "pr-3"]
    remove_section(quiz, second.pk)
    remove_section(quiz, second.pk)
    assert line(quiz) == ["[规则]", "pr-1", "pr-2", "pr-3"]
    remove_section(quiz, first.pk)
    assert line(quiz) == ["pr-1", "pr-2", "pr-3"]


@pytest.mark.parametrize(("title", "code"), [(" ", "no_title"), ("规则 ", "duplicate")])
def test_a_section_needs_a_title_of_its_own(quiz, title, code):
    section(quiz, "规则")
    assert field_and_code(section, quiz, title) == ("title", code)


def test_one_step_passes_questions_and_headings_and_sections_go_with_what_they_have():
    order = read(["q1", "s1", "q2", "q3", "s2", "q4", "x7", "q"])

    def after(text, step):
        return " ".join(map(str, moved(order, read([text])[0], step)))

    assert after("q2", -1) == "q1 q2 s1 q3 s2 q4"
    assert after("q3", 1) == "q1 s1 q2 s2 q3 q4"
    assert after("s2", -1) == "q1 s2 q4 s1 q2 q3"
    assert after("s1", 1) == "q1 s2 q4 s1 q2 q3"
    assert [after(text, step) for text, step in (("q1", -1), ("q4", 1), ("s1", -1), ("s2", 1), ("q9", 1))] == [
        " ".join(map(str, order))
    ] * 5


def test_copy_says_the_same_and_moving_a_question_to_another_section_says_something_else(quiz):
    set_points(quiz, quiz.items.get(question__code="pr-2").pk, 4)
    held = section(quiz, "规则", note="每题只看规则。", shuffle=False)
    draw(quiz, points=3)
    arrange(quiz, [mark(quiz, "pr-1"), Mark("s", held.pk), mark(quiz, "pr-2"), mark(quiz, "pr-3")])
    Quiz.objects.update(behaviour="adaptive", opens_at="2026-06-01T00:00Z", bands=[{"from": 0, "text": "再来一次"}])
    old = quiz.unit
    new = UnitFactory(course=old.course, kind="quiz", slug=old.slug + "-2", title=old.title)

    copy_quiz(old, new)

    new.slug = old.slug
    assert line(new.quiz) == line(quiz) == ["pr-1", "[规则]", "pr-2", "pr-3", "2×"]
    assert same_content(old, new) is True
    QuizQuestion.objects.filter(quiz=new.quiz, question__code="pr-2").update(section=None)
    assert same_content(old, new) is False


def test_what_keeps_a_quiz_from_being_published_is_named(unit, asked, course):
    quiz = quiz_of(unit)
    assert problems(unit) == ["测验“测验:七天无理由退货”还没有题目。"]
    add_questions(quiz, asked)
    assert problems(unit) == []
    section(quiz, "空白")
    asked[0].status = "draft"
    asked[0].save()
    draw(quiz, 2, difficulty=[3])
    said = " ".join(problems(unit))
    assert len(problems(unit)) == 3
    assert all(word in said for word in ("空白", "pr-1", "2", "0"))


def test_draws_that_want_too_much_together_are_a_problem(quiz, course, unit):
    for number in range(3):
        QuestionFactory(topic=course.topic, code=f"n-{number}", tags=["七天"], difficulty=3)
    draw(quiz, 2, tags=["七天"])
    draw(quiz, 1, difficulty=[3])
    assert problems(unit) == []
    draw(quiz, 1, difficulty=[3])
    assert len(problems(unit)) == 1
