"""An attempt as its pages show it: each question with its parts in the order of this attempt."""

import json
from dataclasses import dataclass, field
from typing import Any

from assessments.attempts.models import Attempt, Response
from assessments.questions.types.base import QuestionType, type_of


@dataclass(frozen=True)
class Asked:
    """One question of an attempt; `parts` is what the templates of its type show."""

    response: Response
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.response.version.question.kind

    @property
    def type(self) -> QuestionType:
        return type_of(self.kind)

    @property
    def name(self) -> str:
        """How the names of its fields begin."""
        return f"q-{self.response.position}"

    @property
    def is_right(self) -> bool:
        return self.response.fraction == 1

    @property
    def is_partly_right(self) -> bool:
        return bool(self.response.fraction) and not self.is_right

    @property
    def was(self) -> str:
        """What is kept, so that a form without scripts can tell what was changed."""
        return json.dumps(self.response.answer)


def asked_in(attempt: Attempt) -> list[Asked]:
    """Every question of the attempt, in one query. What is right is in `parts` only when the attempt is over."""
    told = not attempt.is_open
    responses = attempt.responses.select_related("version__question")
    return [Asked(response, _parts(response, told=told)) for response in responses]


def _parts(response: Response, *, told: bool) -> dict[str, Any]:
    kind: QuestionType = type_of(response.version.question.kind)
    show = kind.told if told else kind.asked
    return show(response.version.content, response.option_order, response.answer)
