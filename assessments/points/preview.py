"""What a rule would have made of the last 90 days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, DecimalField, ExpressionWrapper, F, FloatField, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Least, Round

from assessments.points.balance import ZERO, faded_by, worth
from assessments.points.events import GIVEN
from assessments.points.models import MOST_POINTS, PointEntry

PREVIEW_DAYS = 90


@dataclass(frozen=True)
class Preview:
    """What the events of the time earned and would have earned, and what would be left of either now."""

    events: int
    people: int
    earned: float
    left: float
    would_earn: float
    would_be_left: float
    by_hand: bool

    @property
    def change(self) -> float:
        """In percent of what was earned."""
        return 100 * (self.would_earn / self.earned - 1) if self.earned else 0.0


def _by_factor(points: int) -> Combinable:
    """What each would have earned, rounded as the ledger rounds it."""
    exact = F("factor") * Value(Decimal(points), output_field=DecimalField(max_digits=9, decimal_places=3))
    rounded = Round(ExpressionWrapper(exact, output_field=DecimalField(max_digits=12, decimal_places=6)), precision=2)
    return Cast(Least(rounded, Value(Decimal(MOST_POINTS))), FloatField())


def preview(event: str, points: int, half_life_days: int | None, *, at: datetime) -> Preview:
    """Reckon the entries of the last 90 days anew, each with its own factor; gifts keep their points. One query.

    Events that earned nothing then, for want of a rule, are in no ledger and cannot be counted.
    """
    since = at - timedelta(days=PREVIEW_DAYS)
    rows = PointEntry.objects.known(at).filter(event=event, at__gt=since, counter_of=None, counter=None)
    each = Cast("points", FloatField()) if event == GIVEN else _by_factor(points)
    fades = faded_by(at, Value(half_life_days))
    found = rows.aggregate(
        events=Count("pk"),
        people=Count("person", distinct=True),
        earned=Coalesce(Sum(Cast("points", FloatField())), ZERO),
        left=Coalesce(Sum(worth(at)), ZERO),
        would_earn=Coalesce(Sum(each), ZERO),
        would_be_left=Coalesce(Sum(ExpressionWrapper(each * fades, output_field=FloatField())), ZERO),
    )
    return Preview(**found, by_hand=event == GIVEN)
