"""What is counted of the first attempts: sums and histograms a question of a quiz, and what is wrong with a question.

Rows of these tables are written by `counting` and can be made anew at any time from the attempts.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.acts import VIEW_QUESTIONS
from assessments.attempts.models import Attempt
from assessments.questions.models import Question, QuestionVersion
from assessments.quizzes.models import Quiz
from trainingsite.people.models import User


class QuizTally(models.Model):
    """How far a quiz is counted. A `stale` one is counted anew; `figures` are those of `formulas.QuizFigures`."""

    quiz = models.OneToOneField(Quiz, on_delete=models.CASCADE, related_name="tally")
    run = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    counted_until = models.DateTimeField(null=True, help_text="The latest change of an attempt that was counted.")
    counted_at = models.DateTimeField(null=True)
    stale = models.BooleanField(default=False)
    figures = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["quiz"], condition=models.Q(stale=True), name="tally_stale")]


class CountedAttempt(models.Model):
    """That an attempt is in the sums, since which run, and what it was when it was counted."""

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, primary_key=True, related_name="counted")
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="+")
    run = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=12, decimal_places=4)
    possible = models.PositiveIntegerField()
    seen_at = models.DateTimeField(help_text="When the attempt had last been changed.")


class ItemTally(models.Model):
    """Sums over the answers to a version of a question in a quiz: x the mark, r the rest of the attempt.

    The version is the one that decided the mark.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="item_tallies", db_index=False)
    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="tallies")
    n = models.PositiveIntegerField()
    possible = models.PositiveBigIntegerField()
    x = models.DecimalField(max_digits=30, decimal_places=8)
    xx = models.DecimalField(max_digits=30, decimal_places=8)
    r = models.DecimalField(max_digits=30, decimal_places=8)
    rr = models.DecimalField(max_digits=30, decimal_places=8)
    xr = models.DecimalField(max_digits=30, decimal_places=8)
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quiz", "version"], name="one_tally_an_item")]


class Measure(models.TextChoices):
    MARK = "mark"
    REST = "rest"


class ValueTally(models.Model):
    """How often a mark, or a rest, was reached: what has to be sorted."""

    item = models.ForeignKey(ItemTally, on_delete=models.CASCADE, related_name="values", db_index=False)
    measure = models.CharField(max_length=4, choices=Measure.choices)
    value = models.DecimalField(max_digits=12, decimal_places=4)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "measure", "value"], name="one_tally_a_value")]


class ChoiceTally(models.Model):
    """How often something was chosen; `share` is the sum of the shares that the choosers earned in the rest.

    The empty key stands for no answer.
    """

    item = models.ForeignKey(ItemTally, on_delete=models.CASCADE, related_name="choices", db_index=False)
    part = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=200, blank=True)
    n = models.PositiveIntegerField()
    share = models.DecimalField(max_digits=20, decimal_places=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "part", "key"], name="one_tally_a_choice")]


class Reason(models.TextChoices):
    """Why somebody should look at a question, the most pressing first."""

    NEGATIVE = "negative", _("The better ones get it wrong")
    BELOW_GUESSING = "below_guessing", _("Worse than guessing")
    MISLEADING = "misleading", _("A wrong option attracts the better ones")
    TOO_HARD = "too_hard", _("Too hard")
    LOW = "low", _("Hardly tells good from weak")
    TOO_EASY = "too_easy", _("Too easy")
    DEAD_OPTION = "dead_option", _("An option nobody chooses")
    TOO_FEW = "too_few", _("Too few answers to say")


class QuestionFlagQuerySet(models.QuerySet["QuestionFlag"]):
    def visible_to(self, user: User) -> Self:
        return self if user.may(VIEW_QUESTIONS) else self.none()

    def to_mend(self) -> Self:
        """Without those which only say that not enough is known."""
        return self.exclude(reason=Reason.TOO_FEW)


class QuestionFlag(models.Model):
    """What the answers say against a question as it is asked today; `number` is the figure that says it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(pgettext_lazy("flag", "reason"), max_length=16, choices=Reason.choices, db_index=True)
    option = models.CharField(max_length=300, blank=True)
    number = models.FloatField(null=True)
    n = models.PositiveIntegerField()

    objects = QuestionFlagQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
