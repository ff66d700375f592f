"""Audiences: the rule that says who."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class AudienceQuerySet(models.QuerySet["Audience"]):
    def saved(self) -> Self:
        """Audiences with a name, to be used again; one without belongs to the plan that it was made for."""
        return self.exclude(name="")


@tracked()
class Audience(Stamped):
    """A rule: `conditions` is a list of {"kind": …, "value": …}, all of which must hold."""

    name = models.CharField(_("name"), max_length=100, blank=True)
    conditions = models.JSONField(_("conditions"), default=list)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = AudienceQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=~models.Q(name=""), name="one_audience_a_name")
        ]

    def __str__(self) -> str:
        return self.name
