"""Audiences: the rule that says who, and for those that a standing plan watches, who it was when."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class AudienceQuerySet(models.QuerySet["Audience"]):
    def saved(self) -> Self:
        """Audiences with a name, to be used again; one without belongs to the plan that it was made for."""
        return self.exclude(name="")

    def watched(self) -> Self:
        """Audiences whose members are kept, since a standing plan follows them."""
        return self.filter(watched=True)


@tracked()
class Audience(Stamped):
    """A rule: `conditions` is a list of {"kind": …, "value": …}, all of which must hold, or a tree as in `rules`."""

    name = models.CharField(_("name"), max_length=100, blank=True)
    conditions = models.JSONField(_("conditions"), default=list)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    watched = models.BooleanField(_("members are kept"), default=False)

    objects = AudienceQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=~models.Q(name=""), name="one_audience_a_name")
        ]
        indexes = [models.Index(fields=["id"], condition=Q(watched=True), name="audience_watched")]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["AudienceMember"]):
    def present(self) -> Self:
        """Who belongs to the audience now."""
        return self.filter(until=None)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class AudienceMember(Stamped):
    """That a person belonged to a watched audience from one moment to another; `until` is open for a present member."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "person"], condition=Q(until=None), name="present_once_in_audience"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="member_until_after_since"),
        ]
        indexes = [models.Index(fields=["audience", "since"], name="member_audience_since")]


class Cause(models.TextChoices):
    WATCHED = "watched", _("A standing plan began to follow it")
    RULE = "rule", _("The rule was changed")
    PEOPLE = "people", _("People changed")
    LEARNING = "learning", _("Courses were completed")
    NIGHT = "night", _("Nightly check")
    ASKED = "asked", _("HR asked for it")


class AudienceCheck(models.Model):
    """That the members of a watched audience were computed anew, why, and what came of it."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField()
    cause = models.CharField(max_length=10, choices=Cause.choices)
    joined = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["audience", "-at"], name="check_audience_at")]
