"""How an answer is marked; what each type makes of it stands with the type."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assessments.questions.models import QuestionVersion
from assessments.questions.types.base import NONE, type_of
from assessments.questions.wording import contents_of

__all__ = ["NONE", "fraction", "percent"]
PERCENT = Decimal("0.01")


def fraction(kind: str, version: QuestionVersion, answer: Any) -> Decimal | None:
    """The part of the points that `answer` earns, 0 to 1; None when people mark it. Nothing answered earns nothing.

    A translation may accept words of its own, so the language in which the answer earns most counts.
    """
    if answer is None:
        return NONE
    earned = [type_of(kind).grade(content, answer) for content in contents_of(version, kind)]
    return None if None in earned else max(part for part in earned if part is not None)


def percent(parts: Iterable[tuple[int, Decimal]]) -> Decimal:
    """The score of an attempt in percent, from (points, fraction) of each of its questions; never below 0."""
    marks = list(parts)
    possible = sum(points for points, _part in marks)
    earned = sum((points * part for points, part in marks), NONE)
    return max(100 * earned / possible, NONE).quantize(PERCENT, ROUND_HALF_UP) if possible else NONE
