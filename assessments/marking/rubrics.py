"""What an answer is marked by: the rubric and the model answer that the question gives."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.attempts.models import Response
from assessments.marking.decision import FRACTION
from courses.models import Rubric
from courses.rubrics.grading import Mark, marks_of, percent_of
from trainingsite.core.errors import Refused

STEP = 5  # percent: ten steps and their halves


def rubric_of(response: Response) -> Rubric | None:
    """The rubric of the version that was asked; None when the question has none."""
    pk = response.version.content.get("rubric")
    return Rubric.objects.with_criteria().filter(pk=pk).first() if pk else None


def model_of(response: Response) -> str:
    """The author's model answer, Markdown."""
    return str(response.version.content.get("model") or "")


def by_percent(percent: Decimal | int | None) -> dict[str, Any]:
    """The mark when there is no rubric, in steps of five percent."""
    if percent is None:
        raise Refused(_("Give a mark."), field="percent", code="mark_missing")
    if not 0 <= percent <= 100 or percent % STEP:  # noqa: PLR2004 - percent
        words = _("A mark goes from 0 to 100 %% in steps of %(step)s.") % {"step": STEP}
        raise Refused(words, field="percent", code="bad_mark")
    return {"fraction": Decimal(percent) / 100, "rubric_id": None, "marks": []}


def by_rubric(rubric: Rubric, points: Any, comments: Any) -> dict[str, Any]:
    """The mark by the levels that were chosen, with all that is needed to read it later."""
    marks = marks_of(rubric, points, comments)
    fraction = (percent_of(marks) / 100).quantize(FRACTION, ROUND_HALF_UP)
    return {"fraction": fraction, "rubric_id": rubric.pk, "marks": [_row(mark) for mark in marks]}


def _row(mark: Mark) -> dict[str, Any]:
    criterion = mark.criterion
    return {
        "criterion": criterion.pk,
        "title": criterion.title,
        "points": mark.points,
        "out_of": mark.out_of,
        "weight": criterion.weight,
        "band": mark.band,
        "comment": mark.comment,
    }
