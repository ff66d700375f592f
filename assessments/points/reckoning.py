"""How many points an event earns: the rule's, weighed by what the person's role profile asks most of."""

from decimal import ROUND_HALF_UP, Decimal

from assessments.points.models import MOST_POINTS
from assessments.profiles.fitting import Wanted

ONE, HUNDRED = Decimal(1), Decimal(100)
FACTOR_STEP, POINTS_STEP = Decimal("0.001"), Decimal("0.01")


def factor_of(wanted: Wanted | None, competency_id: int | None) -> Decimal:
    """The competency's share of the profile against an even share: with five needs, one of 40 % counts double.

    1 where there is no profile or no competency. What the profile does not ask for counts like what it asks least of,
    so that it never pays to learn past the own job.
    """
    if wanted is None or competency_id is None or not wanted.needs:
        return ONE
    weights = {need.competency_id: Decimal(str(need.weight)) for need in wanted.needs}
    weight = weights.get(competency_id, min(weights.values()))
    return (weight * len(weights) / HUNDRED).quantize(FACTOR_STEP, ROUND_HALF_UP)


def points_of(points: int, factor: Decimal) -> Decimal:
    """The rule's points times the factor, to the cent."""
    return min((points * factor).quantize(POINTS_STEP, ROUND_HALF_UP), Decimal(MOST_POINTS))
