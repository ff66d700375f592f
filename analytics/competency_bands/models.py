"""KPI bands: what a person's monthly figure of a metric says of a competency."""

from datetime import datetime
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from analytics.metrics.models import Metric
from courses.models import Competency
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped


class KpiBandQuerySet(models.QuerySet["KpiBand"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def standing(self, at: datetime) -> Self:
        """Those that were in use at the moment."""
        return self.filter(Q(retired_at=None) | Q(retired_at__gt=at), created_at__lte=at)


@tracked()
class KpiBand(Stamped):
    """A figure in a band earns the band's score, in percent; months with fewer cases than `minimum_cases` say nothing.

    `bands` is [{"from": figure, "score": percent}, …], the worst first: by the metric's direction, the figures rise or
    fall, the scores rise. The first begins nowhere (null): it holds whatever is worse than the second. What months
    were judged by stays: changed bands are a new row, and the old one is retired.
    """

    metric = models.ForeignKey(Metric, verbose_name=_("metric"), on_delete=models.PROTECT, related_name="bands")
    competency = models.ForeignKey(
        Competency, verbose_name=_("competency"), on_delete=models.PROTECT, related_name="kpi_bands"
    )
    bands: models.JSONField[Any, Any] = models.JSONField(_("bands"), default=list)
    minimum_cases = models.PositiveIntegerField(
        _("fewest cases in a month"), default=20, validators=[MinValueValidator(1)]
    )
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = KpiBandQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["competency__group__position", "competency__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "competency"], condition=Q(retired_at=None), name="one_band_a_metric_and_competency"
            ),
            models.CheckConstraint(condition=Q(minimum_cases__gte=1), name="band_asks_for_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} → {self.competency}"
