"""A version of a question as the bank shows it: nobody's answer, and what is right."""

from dataclasses import dataclass
from typing import Any

from assessments.questions.models import QuestionVersion
from assessments.questions.types.base import QuestionType, type_of
from assessments.questions.wording import Wording, worded_in

SEE = ("solution", "feedback", "explanation")


@dataclass(frozen=True)
class Shown:
    version: QuestionVersion
    type: QuestionType
    wording: Wording
    parts: dict[str, Any]
    see: tuple[str, ...] = SEE


def shown(version: QuestionVersion, kind: str, language: str | None = None) -> Shown:
    """In the language it was written in, unless another is asked for."""
    found = type_of(kind)
    wording = worded_in(version, kind, language or "-")
    content = wording.content
    return Shown(version, found, wording, found.told(content, found.order(content, None), None))
