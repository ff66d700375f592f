"""Targets: what a metric should reach, from a day on, in the company or in a part of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from analytics.metrics.models import Metric
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import Department


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: Any) -> Self:
        """Targets are set to be known; who may open the page sees them all."""
        return self if user.is_authenticated else self.none()

    def newest_first(self) -> Self:
        return self.order_by("metric__position", "metric", "department__path", "-starts_on")


@tracked()
class Target(Stamped):
    """Holds from `starts_on` until the next of the same metric and department; without a department for everybody."""

    metric = models.ForeignKey(Metric, verbose_name=_("metric"), on_delete=models.CASCADE, related_name="targets")
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="targets",
    )
    starts_on = models.DateField(_("holds from"))
    value = models.DecimalField(_("target"), max_digits=10, decimal_places=2)

    objects = TargetQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "department", "starts_on"], name="one_target_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_not_negative"),
        ]
