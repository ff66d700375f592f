"""The rules of mentoring that HR sets: who may guide, when somebody is told, when a pair is at risk."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Certification
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped

DAYS = [MinValueValidator(1), MaxValueValidator(60)]


class GuidanceRuleQuerySet(models.QuerySet["GuidanceRule"]):
    def current(self) -> "GuidanceRule":
        """The one row; before HR has set anything the defaults, unsaved."""
        return self.select_related("certification").first() or GuidanceRule(pk=1)

    def visible_to(self, user: object) -> Self:
        return self if getattr(user, "is_authenticated", False) else self.none()


@tracked()
class GuidanceRule(Stamped):
    """The one row of rules of mentoring. All spans are in days."""

    certification = models.ForeignKey(
        Certification,
        verbose_name=_("certificate that mentors hold"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Whoever does not hold it, or whose certificate has expired, gets no new mentees."),
    )
    escalate_after = models.PositiveSmallIntegerField(
        _("tell HR of a missed check-in after (days)"), default=3, validators=DAYS
    )
    evaluate_within = models.PositiveSmallIntegerField(
        _("evaluations are open for (days)"),
        default=7,
        validators=DAYS,
        help_text=_("Before and after half-time, and before and after the end."),
    )
    at_risk_after = models.PositiveSmallIntegerField(
        _("a pair is at risk when something is late by (days)"), default=7, validators=DAYS
    )

    objects = GuidanceRuleQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_guidance_rule")]
