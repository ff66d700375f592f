"""Evaluate each other, once at half-time and once at the end."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.evaluations.due import window
from mentoring.evaluations.models import ASKED, Criterion, Evaluation, EvaluationMark, Moment
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

FEWEST, MOST = 1, 5


@transaction.atomic
def evaluate(  # noqa: PLR0913 - what is said, of whom, by whom and when
    pairing: Pairing,
    side: Side | str,
    moment: Moment | str,
    *,
    stars: int,
    marks: Mapping[Criterion, int],
    text: str,
    by: User,
    at: datetime,
    on: date,
) -> Evaluation:
    """Keep what one side says of the other; a repeat returns what was said first."""
    side, moment = Side(side), Moment(moment)
    found = Pairing.objects.select_for_update(of=("self",)).select_related("plan").get(pk=pairing.pk)
    if by.pk != (found.mentor_id if side == Side.MENTOR else found.mentee_id):
        raise Refused(_("Mentor and mentee evaluate each other."), code="not_yours")
    if given := found.evaluations.filter(side=side, moment=moment).first():
        return given
    _check_days(found, moment, on)
    _check_stars(side, stars, marks)
    made = Evaluation.objects.create(
        pairing=found, side=side, moment=moment, by=by, at=at, stars=stars, text=text.strip()
    )
    EvaluationMark.objects.bulk_create(
        EvaluationMark(evaluation=made, criterion=criterion, stars=marks[criterion]) for criterion in ASKED[side]
    )
    return made


def _check_days(pairing: Pairing, moment: Moment, on: date) -> None:
    days = window(pairing, moment, GuidanceRule.objects.current())
    if days is None or (moment == Moment.HALF_TIME and not pairing.is_open):
        raise Refused(_("This evaluation is not asked for."), code="not_asked")
    if on < days[0]:
        raise Refused(_("The time for this evaluation has not come yet."), code="too_early")
    if days[1] is not None and on > days[1]:
        raise Refused(_("The time for this evaluation is over."), code="too_late")


def _check_stars(side: Side, stars: int, marks: Mapping[Criterion, int]) -> None:
    if set(marks) != set(ASKED[side]) or not all(FEWEST <= given <= MOST for given in (stars, *marks.values())):
        raise Refused(_("Give one to five stars to each."), field="stars", code="stars_missing")
