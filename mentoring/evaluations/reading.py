"""What may be read of evaluations: single ones by few, the mean of a mentor from three on."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from mentoring.acts import VIEW_MENTORING
from mentoring.evaluations.models import Criterion, Evaluation, EvaluationMark
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.people.models import User

FEWEST = 3


@dataclass(frozen=True)
class Mean:
    """Stars that mentees gave a mentor, on average: overall and for each thing they were asked about."""

    stars: float
    rated: int
    marks: list[tuple[str, float]]


def mean_of_mentor(mentor_id: int) -> Mean | None:
    """The mean over the last word of each mentee, from three mentees on; fewer would show who said what."""
    said = Evaluation.objects.of_mentors().filter(pairing__mentor=mentor_id)
    last = said.order_by("pairing__mentee", "-at", "-pk").distinct("pairing__mentee").values("pk")
    summed = Evaluation.objects.filter(pk__in=last).aggregate(mean=Avg("stars"), rated=Count("pk"))
    if summed["rated"] < FEWEST:
        return None
    marks = EvaluationMark.objects.filter(evaluation__in=last).values_list("criterion").annotate(mean=Avg("stars"))
    means = dict(marks.order_by())
    each = [(str(criterion.label), means[criterion]) for criterion in Criterion if criterion in means]
    return Mean(summed["mean"], summed["rated"], each)


def said_in(pairing: Pairing, user: User) -> list[Evaluation]:
    """The evaluations of the pairing that the user may read, each with its marks.

    A mentee's words are for HR and those who lead the mentee; a mentor, also a later one, does not read them.
    """
    rows = pairing.evaluations.visible_to(user)
    if not user.may(VIEW_MENTORING):
        rows = rows.filter(Q(side=Side.MENTOR) | Q(by=user.pk))
    return list(rows.order_by("at", "pk").prefetch_related("marks").select_related("by"))
