"""A quiz as part of a content pack, in and out."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Quiz, QuizQuestion, Section
from assessments.quizzes.actions import quiz_of, set_points
from assessments.quizzes.exports import export_quiz
from assessments.quizzes.imports import import_quiz
from courses.packs.parts import UNIT_PARTS, Bag
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import CompetencyFactory, UnitFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


def field_and_code(act, *args):
    with pytest.raises(Refused) as refusal:
        act(*args)
    return refusal.value.field, refusal.value.code


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Quiz, Section, QuizQuestion)]


def codes(quiz):
    return list(quiz.items.order_by("position").values_list("question__code", flat=True))


OLD = {"pass_mark": 90, "time_limit_minutes": 15, "max_attempts": 2, "shuffle": False, "questions": ["pr-3", "pr-1"]}


@pytest.fixture
def full(course, asked):
    """Everything that a pack can say of a quiz."""
    CompetencyFactory(code="empathy")
    course.topic.categories.create(title="退货").children.create(topic=course.topic, title="例外")
    slug = course.topic.slug
    return {
        **OLD,
        "shuffle_options": True,
        "behaviour": "interactive",
        "tries": 2,
        "closes_at": "2026-07-01T10:00:00+00:00",
        "review": {
            "during": ["right"],
            "after": ["marks", "band"],
            "open": [],
            "done": [],
            "closed": ["answers", "solution"],
        },
        "bands": [{"from": 90, "text": "很好"}, {"from": 0, "text": "再读一遍"}],
        "questions": [{"question": "pr-3", "points": 5}],
        "sections": [
            {
                "title": "规则",
                "note": "只按规则作答。",
                "shuffle": False,
                "questions": ["pr-1", {"draw": 3, "points": 2, "tags": ["七天"], "difficulty": [1, 2], "topic": slug}],
            },
            {
                "title": "案例",
                "questions": [
                    {"draw": 1, "category": {"topic": slug, "path": "退货 / 例外"}},
                    {"draw": 2, "competency": "empathy", "kind": ["single"]},
                ],
            },
        ],
    }


def test_an_old_pack_gives_settings_and_questions_and_twice_is_as_once(unit, asked):
    UNIT_PARTS["quiz"].load(unit, OLD)
    before = rows()
    UNIT_PARTS["quiz"].load(unit, OLD)
    quiz = Quiz.objects.get()
    assert rows() == before
    assert (quiz.pass_mark, quiz.time_limit_minutes, quiz.max_attempts) == (90, 15, 2)
    assert (quiz.shuffle, quiz.shuffle_options, codes(quiz)) == (False, False, ["pr-3", "pr-1"])
    assert export_quiz(unit, Bag()) == OLD


def test_a_full_quiz_comes_back_as_it_went_and_twice_is_as_once(unit, full):
    import_quiz(unit, full)
    before = rows()
    import_quiz(unit, full)
    assert rows() == before
    written = yaml.safe_load(yaml.safe_dump(export_quiz(unit, Bag()), allow_unicode=True))
    assert written == full
    other = UnitFactory(course=unit.course, kind="quiz", slug="other")
    import_quiz(other, written)
    assert export_quiz(other, Bag()) == full
    assert other.quiz.closes_at == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_a_unit_without_a_quiz_has_nothing_to_give(unit):
    assert export_quiz(unit, Bag()) is None


def test_asking_exactly_these_keeps_the_points_and_takes_out_the_rest(quiz, course):
    set_points(quiz, quiz.items.get(question__code="pr-3").pk, 5)
    QuestionFactory(topic=course.topic, code="pr-9")
    import_quiz(quiz.unit, {"questions": ["pr-9", "pr-3", "pr-1", "pr-9"]})
    found = list(quiz.items.order_by("position").values_list("question__code", "points"))
    assert found == [("pr-9", 1), ("pr-3", 5), ("pr-1", 1)]


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
        ({"questions": ["pr-1"], "closes_at": "demnächst"}, ("quiz.closes_at", "invalid")),
        ({"questions": ["pr-1"], "closes_at": "2026-13-77T00:00"}, ("quiz.closes_at", "invalid")),
        ({"questions": ["pr-1"], "review": {"during": ["right"]}}, ("quiz.review", "nothing_during")),
        ({"questions": [{"question": "pr-1", "points": 0}]}, ("points", "refused")),
        ({"questions": [{"question": "pr-1", "points": "zwei"}]}, ("quiz.questions.points", "invalid")),
        ({"questions": [{"question": "pr-1", "weight": 2}]}, ("quiz.questions", "unknown")),
        ({"questions": [{"draw": 2}]}, ("topic", "everything")),
        ({"questions": [{"draw": 2, "topic": "nowhere"}]}, ("quiz.questions.topic", "unknown")),
        ({"questions": [{"draw": 2, "competency": "nothing"}]}, ("quiz.questions.competency", "unknown")),
        ({"questions": [{"draw": 2, "category": "退货"}]}, ("quiz.questions.category", "shape")),
        ({"questions": [{"draw": 2, "kind": ["riddle"]}]}, ("kind", "unknown")),
        ({"questions": [{"draw": 0, "tags": ["七天"]}]}, ("draw", "refused")),
        ({"questions": ["pr-1"], "sections": ["规则"]}, ("quiz.sections", "shape")),
        ({"sections": [{"questions": ["pr-1"]}]}, ("quiz.sections", "no_title")),
        ({"sections": [{"title": "规则", "questions": "pr-1"}]}, ("quiz.sections", "no_question")),
        ({"sections": [{"title": "规则", "shuffle": 1, "questions": ["pr-1"]}]}, ("quiz.sections.shuffle", "invalid")),
    ],
)
def test_a_part_that_cannot_be_used_is_refused_at_its_place(unit, asked, part, refusal):
    assert field_and_code(import_quiz, unit, part) == refusal


def test_an_unknown_question_changes_no_setting(unit, asked):
    import_quiz(unit, {"pass_mark": 70, "questions": ["pr-1"]})
    with pytest.raises(Refused):
        import_quiz(unit, {"pass_mark": 90, "questions": ["pr-777"]})
    assert Quiz.objects.get().pass_mark == 70


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    ["questions", "sections", "pass_mark", "review", "bands", "closes_at", "shuffle", "draw", "tags"]
)
entries = st.just("pr-1") | json | st.dictionaries(names | st.sampled_from(["question", "points", "topic"]), json)
parts = st.dictionaries(names, st.lists(entries, max_size=3) | json, max_size=4)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=parts | json)
def test_whatever_stands_in_a_pack_is_taken_or_refused_in_words(unit, asked, part):
    quiz = quiz_of(unit)
    with suppress(Refused):
        import_quiz(unit, part)
        assert quiz.items.exists()
