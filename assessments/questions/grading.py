"""How an answer is marked; what each type makes of it stands with the type."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assessments.questions.models import QuestionVersion
from assessments.questions.types.base import NONE, type_of

__all__ = ["NONE", "fraction", "percent"]
PERCENT = Decimal("0.01")


def fraction(kind: str, version: QuestionVersion, answer: Any) -> Decimal | None:
    """The part of the points that `answer` earns, 0 to 1; None when people mark it. Nothing answered earns nothing."""
    return NONE if answer is None else type_of(kind).grade(version.content, answer)


def percent(parts: Iterable[tuple[int, Decimal]]) -> Decimal:
    """The score of an attempt in percent, from (points, fraction) of each of its questions; never below 0."""
    marks = list(parts)
    possible = sum(points for points, _part in marks)
    earned = sum((points * part for points, part in marks), NONE)
    return max(100 * earned / possible, NONE).quantize(PERCENT, ROUND_HALF_UP) if possible else NONE
