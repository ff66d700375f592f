"""Metrics: what is measured, in which unit, and how it adds up."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable

Number = Decimal | float | int


class Unit(models.TextChoices):
    PERCENT = "percent", "%"
    SECONDS = "seconds", _("seconds")
    POINTS = "points", pgettext_lazy("metric unit", "points")


class Direction(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class Aggregation(models.TextChoices):
    RATIO = "ratio", _("Ratio of sums")
    MEAN = "mean", _("Weighted mean")


class Origin(models.TextChoices):
    READINGS = "readings", _("Readings from other systems")
    TRAINING = "training", _("Counted from training")


class MetricQuerySet(models.QuerySet["Metric"]):
    def measured(self) -> Self:
        """Metrics whose readings come from other systems."""
        return self.filter(origin=Origin.READINGS)

    def visible_to(self, user: Any) -> Self:
        """What is measured is no secret; what came out is."""
        return self if user.is_authenticated else self.none()


@tracked()
class Metric(Stamped, Translatable):
    """Both aggregations are the sum of numerators over the sum of denominators.

    A ratio counts cases (satisfied answers / all answers) and is shown in percent; a mean adds a quantity over its
    weight (seconds waited / conversations). So figures of days, people and departments add up exactly.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    definition = models.CharField(_("definition"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    aggregation = models.CharField(_("aggregation"), max_length=10, choices=Aggregation.choices)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.READINGS)
    position = models.PositiveSmallIntegerField(default=0)

    objects = MetricQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.in_language("name")

    @property
    def scale(self) -> int:
        """By how much numerator / denominator is multiplied to be shown."""
        return 100 if self.aggregation == Aggregation.RATIO else 1

    def value(self, numerator: Number, denominator: Number) -> float | None:
        """The figure of summed numerators and denominators; nothing measured gives None."""
        return float(numerator) * self.scale / float(denominator) if denominator else None

    def is_better(self, value: float, than: float) -> bool:
        return value > than if self.direction == Direction.HIGHER else value < than

    def meets(self, value: float, target: float) -> bool:
        return value == target or self.is_better(value, target)
