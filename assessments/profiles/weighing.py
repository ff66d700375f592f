"""Weights that always add up to 100 %: spread evenly, and one raised while the others make room."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from assessments.profiles.actions import SMALLEST
from assessments.profiles.models import ALL
from trainingsite.core.errors import Refused


def evened(weights: Sequence[Decimal]) -> list[Decimal]:
    """The weights in their proportions, adding up to 100; all the same when none is given."""
    known = list(weights) if any(weights) else [Decimal(1)] * len(weights)
    return _filling(known, Decimal(ALL))


def raised(weights: Sequence[Decimal], index: int, percent: Decimal) -> list[Decimal]:
    """The weight at `index` raised by so many percent of itself; the others make room in their proportions."""
    weight = (weights[index] * (1 + percent / 100)).quantize(SMALLEST, ROUND_HALF_UP)
    others = [*weights[:index], *weights[index + 1 :]]
    if not SMALLEST <= weight <= ALL - SMALLEST * len(others) or not any(others):
        text = _("That leaves no room: the weight would be %(weight)s %%.") % {"weight": f"{weight.normalize():f}"}
        raise Refused(text, field="raise_by", code="no_room")
    rest = _filling(others, ALL - weight)
    return [*rest[:index], weight, *rest[index:]]


def _filling(weights: Sequence[Decimal], whole: Decimal) -> list[Decimal]:
    """The weights scaled to `whole`, to two decimals; what rounding leaves over goes to the largest."""
    total = sum(weights, Decimal())
    scaled = [max((weight * whole / total).quantize(SMALLEST, ROUND_HALF_UP), SMALLEST) for weight in weights]
    if scaled:
        scaled[scaled.index(max(scaled))] += whole - sum(scaled)
    return scaled
