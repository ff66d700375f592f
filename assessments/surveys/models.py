"""Surveys: a few questions to an audience, open until a day."""

from datetime import date
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.acts import VIEW_SURVEYS
from courses.models import Audience, Session, Unit
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class SurveyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("survey", "Draft")
    SCHEDULED = "scheduled", pgettext_lazy("survey", "Scheduled")
    OPEN = "open", pgettext_lazy("survey", "Open")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, user: User) -> Self:
        """Surveys are HR's; whoever is asked sees the own invitation."""
        return self if user.may(VIEW_SURVEYS) else self.none()

    def drafts(self) -> Self:
        return self.filter(released_at=None)

    def scheduled(self, day: date) -> Self:
        return self.filter(released_at__isnull=False, sent_at=None, closes_on__gte=day)

    def to_send(self, day: date) -> Self:
        """Released ones whose first day has come and whose invitations are still to be made."""
        return self.scheduled(day).filter(opens_on__lte=day)

    def open(self, day: date) -> Self:
        return self.filter(sent_at__isnull=False, closes_on__gte=day)

    def closed(self, day: date) -> Self:
        return self.filter(released_at__isnull=False, closes_on__lt=day)


@tracked()
class Survey(Stamped):
    """Asked from `opens_on` to `closes_on`, both inclusive. An anonymous one keeps who answered apart from what.

    `released_at` is when HR let it go and froze its questions, `sent_at` when the people were invited. It asks an
    audience, or those who were at a `session`.
    """

    title = models.CharField(_("title"), max_length=100)
    introduction = models.CharField(_("introduction"), max_length=500, blank=True)
    audience = models.ForeignKey(
        Audience, verbose_name=_("audience"), on_delete=models.PROTECT, null=True, related_name="surveys"
    )
    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, null=True, related_name="feedback_survey", editable=False
    )
    is_anonymous = models.BooleanField(_("anonymous"), default=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    released_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = SurveyQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(released_at__isnull=False), name="survey_sent_after_release"
            ),
            models.CheckConstraint(
                condition=Q(audience__isnull=False) | Q(session__isnull=False), name="survey_asks_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def conditions(self) -> list[Any]:
        """The rule of its audience; the survey of a session has none."""
        if self.audience is None:
            raise ValueError("who was at a session is no audience")
        return list(self.audience.conditions)

    def state(self, day: date) -> SurveyState:
        """Where the survey stands on `day`."""
        if self.released_at is None:
            return SurveyState.DRAFT
        if self.closes_on < day:
            return SurveyState.CLOSED
        return SurveyState.OPEN if self.sent_at else SurveyState.SCHEDULED


class AnswerKind(models.TextChoices):
    SCALE = "scale", _("Scale 1 to 5")
    CHOICE = "choice", _("Choice")
    TEXT = "text", pgettext_lazy("survey", "Text")


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
        return self.filter(answered_on=None)

    def waiting(self, day: date) -> Self:
        """Those that can still be answered on `day`."""
        return self.unanswered().filter(survey__sent_at__isnull=False, survey__closes_on__gte=day)

    def visible_to(self, user: User) -> Self:
        """An invitation is its person's own: who has answered is told to nobody."""
        return self.filter(person=user.pk)


class Invitation(models.Model):
    """That a person is asked, and the day on which he or she answered; no finer, and no trace in the history."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="survey_invitations")
    answered_on = models.DateField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="one_invitation")]
        indexes = [models.Index(fields=["person"], condition=Q(answered_on=None), name="invitation_unanswered")]


class Reply(models.Model):
    """One filled-in survey: `answers` maps question ids to answers.

    That of an anonymous survey has neither person nor day, and its key is random: no column joins it to an invitation.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answers = models.JSONField(default=dict)


@tracked()
class SurveyUnit(Stamped):
    """The survey that a unit of a course asks its learners, whether they belong to the audience or not."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="survey_unit")
    survey = models.ForeignKey(
        Survey, verbose_name=_("survey"), on_delete=models.PROTECT, null=True, related_name="units"
    )

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return str(self.unit)
