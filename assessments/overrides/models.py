"""What one person or one group may do differently at a quiz: extra time, other hours, more attempts."""

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.quizzes.models import LONGEST_MINUTES, MOST_ATTEMPTS, Quiz
from courses.audiences.models import Audience
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

SETTINGS = ("extra_minutes", "opens_at", "closes_at", "max_attempts", "cooldown_minutes")
STANDING = Q(ended_at=None)
CHANGES_SOMETHING = ~Q(**dict.fromkeys(SETTINGS))


class OverrideQuerySet(models.QuerySet["Override"]):
    def standing(self, at: datetime) -> Self:
        """Those that hold at the moment."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at))

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def visible_to(self, user: User) -> Self:
        """Those of the people whom the user sees; those of groups to whoever sees all."""
        return self.filter(records_seen_by(user))

    def changeable_by(self, user: User) -> Self:
        """Those seen, but never the own."""
        return self.visible_to(user).exclude(person=user.pk)


@tracked()
class Override(Stamped):
    """What holds for a person or an audience in place of the quiz's own settings; what is left empty stays the quiz's.

    It is never deleted: it ends.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="overrides")
    person = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, null=True, blank=True, related_name="quiz_overrides"
    )
    audience = models.ForeignKey(
        Audience,
        verbose_name=_("audience"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quiz_overrides",
    )
    extra_minutes = models.PositiveSmallIntegerField(
        _("extra time (minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)],
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    max_attempts = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_ATTEMPTS)],
    )
    cooldown_minutes = models.PositiveIntegerField(_("pause between attempts (minutes)"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    objects = OverrideQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, audience__isnull=True)
                | Q(person__isnull=True, audience__isnull=False),
                name="override_for_person_or_audience",
            ),
            models.CheckConstraint(condition=CHANGES_SOMETHING, name="override_changes_something"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=models.F("opens_at")),
                name="override_closes_after_it_opens",
            ),
            models.UniqueConstraint(fields=["quiz", "person"], condition=STANDING, name="one_override_a_person"),
            models.UniqueConstraint(fields=["quiz", "audience"], condition=STANDING, name="one_override_an_audience"),
        ]
        indexes = [models.Index(fields=["audience"], condition=STANDING, name="override_audience")]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.person or self.audience}"
