"""The questions of a topic, as a content pack takes them."""

from collections.abc import Sequence
from typing import Any

from assessments.questions.models import Kind, Question, QuestionVersion
from courses.models import Course, Topic


def export_questions(topic: Topic, _courses: Sequence[Course]) -> list[dict[str, Any]]:
    """Every question of the topic that is in use, as it is asked at present."""
    questions = Question.objects.in_use().filter(topic=topic, current__isnull=False).select_related("current")
    return [_entry(question, question.current) for question in questions.order_by("code") if question.current]


def _entry(question: Question, version: QuestionVersion) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "code": question.code,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "stem": version.stem,
    }
    if question.kind == Kind.TRUE_FALSE:
        entry["answer"] = bool(version.options[0]["correct"])
    else:
        entry["options"] = [
            {"text": option["text"], **({"correct": True} if option["correct"] else {})} for option in version.options
        ]
    return {**entry, "explanation": version.explanation} if version.explanation else entry
