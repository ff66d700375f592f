"""The `quiz:` part of a unit, as a content pack takes it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from assessments.questions import categories
from assessments.questions.models import Category
from assessments.quizzes.models import Quiz, QuizQuestion
from assessments.quizzes.paper import slots_of
from assessments.quizzes.settings import differing, values_of
from courses.models import Competency, Topic, Unit
from courses.packs.parts import Bag

ALWAYS = ("pass_mark", "time_limit_minutes", "max_attempts", "shuffle")


def export_quiz(unit: Unit, _bag: Bag) -> dict[str, Any] | None:
    """Settings that are not as usual, sections, questions and draws in their order; None for a unit without a quiz."""
    quiz = Quiz.objects.filter(unit=unit).first()
    if quiz is None:
        return None
    slots = slots_of(quiz)
    part: dict[str, Any] = {**_settings(quiz), "questions": _entries(slots, None)}
    sections = [
        {
            "title": section.title,
            **({"note": section.note} if section.note else {}),
            **({} if section.shuffle else {"shuffle": False}),
            "questions": _entries(slots, section.pk),
        }
        for section in quiz.sections.all()
    ]
    return {**part, "sections": sections} if sections else part


def _settings(quiz: Quiz) -> dict[str, Any]:
    values = values_of(quiz)
    named = [name for name in values if name in ALWAYS or name in differing(values)]
    shown = {name: _plain(values[name]) for name in named if name != "shuffle_options"}
    return shown if quiz.shuffle_options == quiz.shuffle else {**shown, "shuffle_options": quiz.shuffle_options}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _entries(slots: Sequence[QuizQuestion], section: int | None) -> list[Any]:
    return [_entry(slot) for slot in slots if slot.section_id == section]


def _entry(slot: QuizQuestion) -> Any:
    """A code, a code with points, or a draw."""
    points = {} if slot.points == 1 else {"points": slot.points}
    if slot.question:
        return {"question": slot.question.code, **points} if points else slot.question.code
    return {"draw": slot.draw, **points, **_pool(slot.pool or {})}


def _pool(pool: Mapping[str, Any]) -> dict[str, Any]:
    """The pool by names that another installation knows too."""
    named = dict(pool)
    if "topic" in pool:
        named["topic"] = Topic.objects.values_list("slug", flat=True).get(pk=pool["topic"])
    if "competency" in pool:
        named["competency"] = Competency.objects.values_list("code", flat=True).get(pk=pool["competency"])
    if "category" in pool:
        category = Category.objects.select_related("topic").get(pk=pool["category"])
        named["category"] = {"topic": category.topic.slug, "path": categories.ways()[category.pk]}
    return named
