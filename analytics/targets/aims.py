"""Metrics together with their targets, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from analytics.metrics.models import Metric
from analytics.targets.models import Target


@dataclass(frozen=True)
class Aim:
    """A target as it counts: for the departments at and below `path` ("" is the company) from a day on."""

    path: str
    starts_on: date
    value: float


@dataclass(frozen=True)
class Aimed:
    """A metric and every target it has or had."""

    metric: Metric
    aims: list[Aim] = field(default_factory=list)

    def target(self, path: str, on: date) -> float | None:
        """What holds on the day at `path`: the nearest department's target, and of its targets the newest."""
        holding = [aim for aim in self.aims if aim.starts_on <= on and path.startswith(aim.path)]
        best = max(holding, key=lambda aim: (len(aim.path), aim.starts_on), default=None)
        return best.value if best else None


def aimed_metrics() -> dict[str, Aimed]:
    """Every metric by its code."""
    given = Target.objects.filter(metric=OuterRef("pk")).values(
        aim=JSONObject(path=F("department__path"), starts_on=F("starts_on"), value=F("value"))
    )
    metrics: Iterable[Any] = Metric.objects.annotate(given=ArraySubquery(given))
    return {metric.code: Aimed(metric, [_aim(one) for one in metric.given]) for metric in metrics}


def _aim(given: dict[str, str | float | None]) -> Aim:
    return Aim(str(given["path"] or ""), date.fromisoformat(str(given["starts_on"])), float(given["value"] or 0))
