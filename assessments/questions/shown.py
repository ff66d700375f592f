"""A version of a question as the bank shows it: nobody's answer, and what is right."""

from dataclasses import dataclass
from typing import Any

from assessments.questions.models import QuestionVersion
from assessments.questions.types.base import QuestionType, type_of

SEE = ("solution", "feedback", "explanation")


@dataclass(frozen=True)
class Shown:
    version: QuestionVersion
    type: QuestionType
    parts: dict[str, Any]
    see: tuple[str, ...] = SEE


def shown(version: QuestionVersion, kind: str) -> Shown:
    found = type_of(kind)
    content = version.content
    return Shown(version, found, found.told(content, found.order(content, None), None))
