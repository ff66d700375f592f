"""The competency framework (能力模型): groups, competencies, levels described by behaviours, and its versions."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable
from trainingsite.people.models import User

FEWEST_LEVELS, MOST_LEVELS = 2, 5


@tracked()
class CompetencyGroup(Stamped, Translatable):
    """Hard skills, soft skills, business skills."""

    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.in_language("title")


class CompetencyQuerySet(models.QuerySet["Competency"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def with_levels(self) -> Self:
        """Each with its group and its levels, lowest first."""
        levels = Prefetch("levels", CompetencyLevel.objects.order_by("number"))
        return self.select_related("group").prefetch_related(levels)


@tracked()
class Competency(Stamped, Translatable):
    """Something that people can do better or worse, such as typing or empathy."""

    group = models.ForeignKey(
        CompetencyGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="competencies"
    )
    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = CompetencyQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["group__position", "position", "pk"]

    def __str__(self) -> str:
        return self.in_language("title")

    @property
    def summary_shown(self) -> str:
        return self.in_language("summary")


@tracked()
class CompetencyLevel(Stamped, Translatable):
    """How good one can be at it: what somebody on this level is seen to do, in Markdown."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField(_("level"))
    title = models.CharField(_("title"), max_length=40)
    behaviours = models.TextField(_("behaviours"))

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["competency", "number"], name="one_level_by_number"),
            models.CheckConstraint(condition=Q(number__range=(1, MOST_LEVELS)), name="level_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return self.in_language("title")

    @property
    def behaviours_shown(self) -> str:
        return self.in_language("behaviours")


class FrameworkVersion(Stamped):
    """The framework as it was published once; `snapshot` is never changed, nor is the row deleted."""

    number = models.PositiveIntegerField(unique=True)
    published_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    notes = models.TextField(_("notes"), blank=True)
    snapshot: models.JSONField[Any, Any] = models.JSONField()

    class Meta(Stamped.Meta):
        ordering = ["-number"]
        triggers = [
            *Stamped.Meta.triggers,
            pgtrigger.Protect(name="keep_published", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return gettext("Version %(number)s") % {"number": self.number}


@tracked()
class Teaches(Stamped):
    """That who completes the course is at `level` of the competency."""

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="teaches")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="taught")
    level = models.PositiveSmallIntegerField(_("level reached"))

    class Meta(Stamped.Meta):
        ordering = ["competency__group__position", "competency__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "competency"], name="a_course_teaches_it_once"),
            models.CheckConstraint(condition=Q(level__range=(1, MOST_LEVELS)), name="teaches_a_level"),
        ]
