"""The `quiz:` part of a unit, as a content pack takes it."""

from typing import Any

from assessments.quizzes.imports import SETTINGS
from assessments.quizzes.models import Quiz
from courses.models import Unit
from courses.packs.parts import Bag


def export_quiz(unit: Unit, _bag: Bag) -> dict[str, Any] | None:
    """Settings and codes of the questions, in their order; None for a unit without a quiz."""
    quiz = Quiz.objects.filter(unit=unit).first()
    if quiz is None:
        return None
    codes = quiz.items.order_by("position", "pk").values_list("question__code", flat=True)
    return {**{name: getattr(quiz, name) for name in SETTINGS}, "questions": list(codes)}
