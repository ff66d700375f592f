"""What several marks of one answer come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessments.marking.models import Marking, Role
from assessments.quizzes.models import Quiz

FRACTION = Decimal("0.0001")


@dataclass(frozen=True)
class Decision:
    """The fraction that counts, and what the person is told."""

    fraction: Decimal
    comment: str


def standing(markings: Iterable[Marking]) -> dict[str, Marking]:
    """The mark that stands of each role: the last one."""
    return {marking.role: marking for marking in sorted(markings, key=lambda one: one.number)}


def gap(first: Marking, second: Marking) -> Decimal:
    """How far two marks are apart, in percent of the points."""
    return 100 * abs(first.fraction - second.fraction)


def _above(marks: Mapping[str, Marking]) -> Marking | None:
    """What stands above first and second marks."""
    return marks.get(Role.APPEAL) or marks.get(Role.MODERATOR)


def deciding(markings: Iterable[Marking]) -> list[Marking]:
    """The marks that an answer's points come from."""
    marks = standing(markings)
    above = _above(marks)
    return [above] if above else [marks[role] for role in (Role.FIRST, Role.SECOND) if role in marks]


def decide(quiz: Quiz, markings: Iterable[Marking]) -> Decision | None:
    """An answered appeal stands above all, then a moderator; else the first mark, or the mean of two.

    None while somebody is still needed: the second marker, or a moderator when two differ by more than the quiz allows.
    """
    marks = standing(markings)
    if (above := _above(marks)) is not None:
        return Decision(above.fraction, above.comment)
    first, second = marks.get(Role.FIRST), marks.get(Role.SECOND)
    if first is None or (quiz.second_marker and second is None):
        return None
    if second is None:
        return Decision(first.fraction, first.comment)
    if gap(first, second) > quiz.gap_percent:
        return None
    mean = ((first.fraction + second.fraction) / 2).quantize(FRACTION, ROUND_HALF_UP)
    return Decision(mean, "\n\n".join(filter(None, [first.comment, second.comment])))
