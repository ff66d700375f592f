"""What a grader chose, as marks by the rubric, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from courses.rubrics.models import Criterion, Rubric
from trainingsite.core.errors import Refused

MOST_COMMENT = 1000


@dataclass(frozen=True)
class Mark:
    """The points for one criterion, with all that is needed to read it when the rubric has long changed."""

    criterion: Criterion
    points: int
    out_of: int
    band: str
    comment: str = ""


def field_of(criterion: Criterion) -> str:
    """The name of the input in which the level of the criterion is chosen."""
    return f"criterion-{criterion.pk}"


def marks_of(rubric: Rubric, points: Mapping[int, int], comments: Mapping[int, str]) -> list[Mark]:
    """One mark a criterion from the points and comments by criterion id; a missing or unknown level is refused."""
    found = []
    for criterion in rubric.criteria.all():
        bands = {band.points: band.title for band in criterion.bands.all()}
        chosen = points.get(criterion.pk)
        if chosen not in bands:
            text = _("Choose a level for “%(criterion)s”.") % {"criterion": criterion}
            raise Refused(text, field=field_of(criterion), code="level_missing")
        comment = comments.get(criterion.pk, "").strip()
        if len(comment) > MOST_COMMENT:
            text = _("At most %(n)s characters.") % {"n": MOST_COMMENT}
            raise Refused(text, field=f"comment-{criterion.pk}", code="comment_too_long")
        found.append(Mark(criterion, chosen, max(bands), bands[chosen], comment))
    return found


def percent_of(marks: Sequence[Mark]) -> Decimal:
    """The weighted share of the points, in percent with two decimals."""
    weights = sum(mark.criterion.weight for mark in marks)
    if not weights:
        return Decimal(0)
    reached = sum((Decimal(m.criterion.weight) * m.points / m.out_of for m in marks if m.out_of), Decimal(0))
    return (100 * reached / weights).quantize(Decimal("0.01"), ROUND_HALF_UP)
