"""How an answer is marked: the only place that knows."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from assessments.questions.models import Kind, QuestionVersion

NONE, FULL = Decimal(0), Decimal(1)
FRACTION, PERCENT = Decimal("0.0001"), Decimal("0.01")


def fraction(kind: str, version: QuestionVersion, answer: Sequence[str] | None) -> Decimal:
    """The part of the points that `answer` (ids of the chosen options) earns, 0 to 1.

    Single choice and true/false: all or nothing. Multiple choice: (right − wrong) / number of right options, never
    below 0; who ticks everything gains nothing.
    """
    chosen, right = set(answer or ()), set(version.correct_ids)
    if kind != Kind.MULTIPLE:
        return FULL if chosen == right else NONE
    earned = Decimal(len(chosen & right) - len(chosen - right)) / len(right)
    return max(earned, NONE).quantize(FRACTION, ROUND_HALF_UP)


def percent(parts: Iterable[tuple[int, Decimal]]) -> Decimal:
    """The score of an attempt in percent, from (points, fraction) of each of its questions."""
    marks = list(parts)
    possible = sum(points for points, _part in marks)
    earned = sum((points * part for points, part in marks), NONE)
    return (100 * earned / possible).quantize(PERCENT, ROUND_HALF_UP) if possible else NONE
