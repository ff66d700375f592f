"""The questions of a topic, as a content pack takes them."""

from collections.abc import Sequence
from typing import Any

from assessments.questions.models import Kind, Question, QuestionVersion
from assessments.questions.types.choice import TRUE, right_ids
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
        entry["answer"] = right_ids(version.content) == [TRUE]
    elif question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        entry["options"] = [_option(option) for option in version.options]
    else:
        entry["content"] = version.content
    return {**entry, "explanation": version.explanation} if version.explanation else entry


def _option(option: dict[str, Any]) -> dict[str, Any]:
    """What is not said of an option is false or empty."""
    return {name: value for name, value in option.items() if name != "id" and value}
