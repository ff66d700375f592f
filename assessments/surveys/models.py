"""Surveys: a few questions to an audience, open until a day."""

from typing import Self

from trainingsite.core.history import tracked
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models import Audience
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


@tracked()
class Survey(Stamped):
    """Asked from `opens_on` to `closes_on`, both inclusive. An anonymous one keeps who answered apart from what."""

    title = models.CharField(_("title"), max_length=100)
    introduction = models.CharField(_("introduction"), max_length=500, blank=True)
    audience = models.ForeignKey(Audience, verbose_name=_("audience"), on_delete=models.PROTECT, related_name="surveys")
    is_anonymous = models.BooleanField(_("anonymous"), default=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    sent_at = models.DateTimeField(null=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after_opening")
        ]

    def __str__(self) -> str:
        return self.title


class AnswerKind(models.TextChoices):
    SCALE = "scale", _("Scale 1 to 5")
    CHOICE = "choice", _("Choice")
    TEXT = "text", _("Text")


@tracked()
class SurveyQuestion(Stamped):
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=AnswerKind.choices)
    text = models.CharField(_("question"), max_length=300)
    options = models.JSONField(_("options"), default=list, blank=True)
    is_required = models.BooleanField(_("required"), default=True)

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        return self.filter(answered_at=None)


class Invitation(Stamped):
    """That a person is asked, and when he or she answered."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="survey_invitations")
    answered_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="one_invitation")]


class Reply(Stamped):
    """One filled-in survey: `answers` maps question ids to answers; `person` is empty when it is anonymous."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    answered_on = models.DateField()
