"""A figure as people read it: value, unit, sample, target, whether it is reached, and how it was before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from analytics.metrics.models import Metric, Unit
from analytics.rollups.figures import Figures, Learning, Measured

CLOSE = 0.05
TRAINING: dict[str, Callable[[Learning], tuple[int | Decimal, int]]] = {
    "completion-rate": lambda sums: (sums.completed, sums.due),
    "pass-rate": lambda sums: (sums.passed, sums.tests),
    "mean-score": lambda sums: (sums.score, sums.tests),
}


@dataclass(frozen=True)
class Value:
    """One figure of a metric; `number` is None when nothing was measured."""

    metric: Metric
    number: float | None
    n: int = 0
    target: float | None = None

    @property
    def shown(self) -> str:
        return "–" if self.number is None else number_format(round(self.number, 1), 1)

    @property
    def unit(self) -> str:
        return str(Unit(self.metric.unit).label)

    @property
    def with_unit(self) -> str:
        return f"{self.shown}{joined_unit(self.metric)}"

    @property
    def shown_target(self) -> str | None:
        if self.target is None:
            return None
        sign = "≥" if self.metric.direction == "higher" else "≤"
        number = number_format(self.target, 0 if self.target == int(self.target) else 1)
        return f"{sign} {number}{joined_unit(self.metric)}"

    @property
    def level(self) -> str:
        """good, warn (short of the target by at most a twentieth), bad; empty without a target or a number."""
        if self.number is None or self.target is None:
            return ""
        if self.metric.meets(self.number, self.target):
            return "good"
        return "warn" if abs(self.number - self.target) <= CLOSE * self.target else "bad"

    @property
    def level_text(self) -> str:
        words = {"good": _("On target"), "warn": _("Close to target"), "bad": _("Short of target")}
        return words.get(self.level, "")

    def trend_since(self, before: "Value") -> str:
        """up, down, or flat when both are shown as the same; empty when one of both is missing."""
        if self.number is None or before.number is None:
            return ""
        if self.shown == before.shown:
            return "flat"
        return "up" if self.number > before.number else "down"

    def trend_text(self, before: "Value", when: str) -> str:
        """In words, since a rising complaint rate is no good news."""
        if self.number is None or before.number is None:
            return ""
        words = {"when": when, "value": before.with_unit}
        if self.trend_since(before) == "flat":
            return _("as %(when)s (%(value)s)") % words
        better = self.metric.is_better(self.number, before.number)
        return (_("better than %(when)s (%(value)s)") if better else _("worse than %(when)s (%(value)s)")) % words


def joined_unit(metric: Metric) -> str:
    """The unit as it follows a number."""
    return "%" if metric.unit == Unit.PERCENT else f" {Unit(metric.unit).label}"


def of_learning(metric: Metric, sums: Learning, target: float | None = None) -> Value:
    numerator, denominator = TRAINING[metric.code](sums)
    return Value(metric, metric.value(numerator, denominator), denominator, target)


def of_readings(metric: Metric, sums: Measured, target: float | None = None) -> Value:
    return Value(metric, metric.value(sums.numerator, sums.denominator), sums.sample_size, target)


def of_figures(metric: Metric, figures: Figures, months: Iterable[date], target: float | None = None) -> Value:
    """The metric over the months."""
    if metric.code in TRAINING:
        return of_learning(metric, figures.learning.of(months), target)
    return of_readings(metric, figures.measured.of(metric.pk, months), target)
