"""Audiences: the rule that says who."""

from trainingsite.core.history import tracked
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainingsite.core.models import Stamped
from trainingsite.people.models import User


@tracked()
class Audience(Stamped):
    """A saved rule: `conditions` is a list of {"kind": …, "value": …}, all of which must hold."""

    name = models.CharField(_("name"), max_length=100)
    conditions = models.JSONField(_("conditions"), default=list)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.name
