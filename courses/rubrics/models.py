"""Rubrics: by what work is graded that no machine can grade (write-ups; essays and role plays, too)."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User

MOST_POINTS = 100


class RubricQuerySet(models.QuerySet["Rubric"]):
    def in_use(self) -> Self:
        """Rubrics that can be chosen; a retired one stays for what was graded by it."""
        return self.filter(retired_at=None)

    def with_criteria(self) -> Self:
        return self.prefetch_related("criteria__bands")


@tracked()
class Rubric(Stamped):
    """Criteria with weights, each with the bands that it can reach."""

    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = RubricQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["title"], condition=Q(retired_at=None), name="one_rubric_by_title")
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Criterion(Stamped):
    """One thing that is looked at; the weights of a rubric's criteria add up to 100."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(_("title"), max_length=100)
    description = models.CharField(_("description"), max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight (%)"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="weight_in_percent")]

    def __str__(self) -> str:
        return self.title

    @property
    def most(self) -> int:
        """The points of the best band."""
        return max((band.points for band in self.bands.all()), default=0)


@tracked()
class Band(Stamped):
    """A level that a criterion can reach, with its points."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="bands")
    points = models.PositiveSmallIntegerField(_("points"), validators=[MaxValueValidator(MOST_POINTS)])
    title = models.CharField(_("title"), max_length=60)
    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta(Stamped.Meta):
        ordering = ["-points", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "points"], name="one_band_by_points"),
            models.CheckConstraint(condition=Q(points__lte=MOST_POINTS), name="band_points_in_range"),
        ]

    def __str__(self) -> str:
        return self.title
