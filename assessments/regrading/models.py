"""Grading again what was graded, after a question was corrected: who changes, and that it was done."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.attempts.models import Attempt
from assessments.questions.models import Question
from assessments.quizzes.models import Quiz
from trainingsite.core.jobs.models import Job
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class Way(models.TextChoices):
    """What happens to the answers."""

    CORRECTED = "corrected", _("Grade by the question as it is now")
    FULL = "full", _("Full marks for everybody")
    DROP = "drop", _("Do not count the question")


class OnLoss(models.TextChoices):
    """What happens to who had passed and would not have."""

    KEEP = "keep", _("They keep the pass, whatever the new score")
    AGAIN = "again", _("The pass is taken back, and they get the quiz again")


class State(models.TextChoices):
    CHECKING = "checking", pgettext_lazy("regrade", "Being tried")
    CHECKED = "checked", pgettext_lazy("regrade", "Waits for the decision")
    RUNNING = "running", pgettext_lazy("regrade", "Being carried out")
    DONE = "done", pgettext_lazy("regrade", "Carried out")
    DISCARDED = "discarded", pgettext_lazy("regrade", "Discarded")


class RegradeQuerySet(models.QuerySet["Regrade"]):
    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Regrade(Stamped):
    """One decision about a question's answers: tried first, then carried out with a reason, or discarded."""

    question = models.ForeignKey(
        Question, verbose_name=_("Question"), on_delete=models.PROTECT, related_name="regrades"
    )
    quiz = models.ForeignKey(
        Quiz, verbose_name=_("quiz"), on_delete=models.PROTECT, null=True, blank=True, related_name="regrades"
    )
    way = models.CharField(_("What happens to the answers"), max_length=10, choices=Way.choices, default=Way.CORRECTED)
    on_loss = models.CharField(
        _("Who had passed and would not have"), max_length=10, choices=OnLoss.choices, default=OnLoss.KEEP
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CHECKING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    looked_at = models.PositiveIntegerField(default=0, help_text="Attempts that were looked at.")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = RegradeQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(state__in=["checking", "checked", "running"]),
                name="one_regrade_of_a_question",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["checking", "checked", "discarded"])
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="regrade_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.get_way_display()}"


class ChangeQuerySet(models.QuerySet["RegradeChange"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user, "attempt__person"))

    def losing(self) -> Self:
        """Attempts that were passed and are below the pass mark now."""
        return self.filter(passed_before=True, reaches_mark=False)

    def winning(self) -> Self:
        """Attempts that are passed now; those that waited for people were not passed before."""
        return self.filter(passed_after=True).exclude(passed_before=True)

    def higher(self) -> Self:
        return self.filter(score_after__gt=F("score_before"))

    def lower(self) -> Self:
        return self.filter(score_after__lt=F("score_before"))


class RegradeChange(Stamped):
    """What the regrade changes about one attempt, or changed when `applied_at` is set.

    Without scores the attempt still waits for people. `answers`: {"response", "position", "before", "after",
    "points_before", "points_after"} each, fractions as text; `certificates`: {"id", "code", "title"} of those that
    rest on the result.
    """

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="changes")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="regrade_changes")
    answers = models.JSONField(default=list)
    score_before = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    score_after = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    passed_before = models.BooleanField(null=True)
    passed_after = models.BooleanField(null=True)
    reaches_mark = models.BooleanField(help_text="Whether the new score reaches the pass mark, whatever was decided.")
    certificates = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["regrade", "attempt"], name="one_change_an_attempt")]

    @property
    def loses_pass(self) -> bool:
        return bool(self.passed_before) and not self.reaches_mark

    @property
    def is_first(self) -> bool:
        """Whether the attempt waited for people and has its first score so."""
        return self.score_before is None and self.score_after is not None
