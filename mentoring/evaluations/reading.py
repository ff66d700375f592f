"""What may be read of evaluations: single ones by few, the mean of a mentor from three on."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from mentoring.evaluations.models import FEWEST_RATINGS, Criterion, Evaluation, EvaluationMark
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from mentoring.pairings.rights import leads
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

READ_ALL = {Role.HR, Role.AUDITOR}


@dataclass(frozen=True)
class Mean:
    """Stars that mentees gave a mentor, on average: overall and for each thing they were asked about.

    This is what the mentor reads: in halves of a star, so that one more opinion can't be read off what changed.
    """

    stars: float
    marks: list[tuple[str, float]]


def mean_of_mentor(mentor_id: int) -> Mean | None:
    """The mean over the last word of each mentee, from three mentees on; fewer would show who said what."""
    last = Evaluation.objects.last_words().filter(pairing__mentor=mentor_id)
    summed = last.aggregate(mean=Avg("stars"), rated=Count("pk"))
    if summed["rated"] < FEWEST_RATINGS:
        return None
    marks = EvaluationMark.objects.filter(evaluation__in=last.values("pk")).order_by()
    means = dict(marks.values_list("criterion").annotate(mean=Avg("stars")))
    each = [(str(criterion.label), in_halves(means[criterion])) for criterion in Criterion if criterion in means]
    return Mean(in_halves(summed["mean"]), each)


def in_halves(stars: float) -> float:
    """The nearest half of a star."""
    return round(2 * float(stars)) / 2


def said_in(pairing: Pairing, user: User) -> list[Evaluation]:
    """The evaluations of the pairing that the user may read, each with its marks.

    A mentee's words are for HR, auditors and those who lead the mentee; a mentor, also a later one who supervises
    other people, does not read them.
    """
    rows = pairing.evaluations.visible_to(user)
    if user.roles.isdisjoint(READ_ALL) and not leads(user, pairing):
        rows = rows.filter(Q(side=Side.MENTOR) | Q(by=user.pk))
    return list(rows.order_by("at", "pk").prefetch_related("marks").select_related("by"))
