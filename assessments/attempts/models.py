"""Attempts: what a person answered, as it was asked."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.questions.models import QuestionVersion
from assessments.quizzes.models import Quiz
from courses.models import Enrolment
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class State(models.TextChoices):
    IN_PROGRESS = "in_progress", pgettext_lazy("attempt", "In progress")
    OVERDUE = "overdue", pgettext_lazy("attempt", "Overdue")
    SUBMITTED = "submitted", pgettext_lazy("attempt", "Handed in")
    ABANDONED = "abandoned", pgettext_lazy("attempt", "Abandoned")
    GRADED = "graded", pgettext_lazy("attempt", "Graded")
    PRACTISED = "practised", pgettext_lazy("attempt", "Practised")


OPEN = (State.IN_PROGRESS, State.OVERDUE)
HANDED_IN = (State.SUBMITTED, State.GRADED)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def graded(self) -> Self:
        return self.filter(state=State.GRADED)

    def handed_in(self) -> Self:
        return self.filter(state__in=HANDED_IN)

    def to_check(self, at: datetime) -> Self:
        """Attempts whose next moment to look at has come."""
        return self.filter(check_at__lte=at)

    def after(self, moment: datetime, pk: int) -> Self:
        """Those that come later in the order of `check_at` and `pk`."""
        return self.filter(Q(check_at__gt=moment) | Q(pk__gt=pk), check_at__gte=moment)

    def newest_first(self) -> Self:
        return self.order_by("-started_at", "-pk")

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class Attempt(Stamped):
    """One try at a quiz within an enrolment. `score` in percent (two decimals), set when graded.

    What was only practised has a score for the person to see, and no moment of handing in: nothing counts it.
    """

    see: frozenset[str] = frozenset()  # what its reader may see; set by `review`

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="attempts")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.IN_PROGRESS)
    pass_mark = models.PositiveSmallIntegerField(help_text="Percent, as it was when the attempt began.")
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True)
    check_at = models.DateTimeField(null=True, help_text="The next moment at which the clock changes something.")
    device = models.CharField(max_length=32, blank=True, help_text="The one that may answer, if the quiz asks so.")
    submitted_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "quiz", "number"], name="one_attempt_by_number"),
            models.UniqueConstraint(
                fields=["enrolment", "quiz"],
                condition=Q(state__in=["in_progress", "overdue"]),
                name="one_attempt_in_progress",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["in_progress", "overdue", "submitted", "abandoned"], score__isnull=True)
                | Q(state="graded", score__isnull=False, passed__isnull=False, submitted_at__isnull=False)
                | Q(state="practised", passed__isnull=True, submitted_at__isnull=True),
                name="graded_has_score",
            ),
        ]
        indexes = [
            models.Index(fields=["check_at"], condition=Q(check_at__isnull=False), name="attempt_check_at"),
            models.Index(fields=["person", "-started_at"], name="attempt_person"),
            models.Index(fields=["quiz", "submitted_at"], name="attempt_quiz_submitted"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("attempt", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it can still be handed in."""
        return self.state in OPEN

    @property
    def is_nameless(self) -> bool:
        """Whether nobody may learn whose it is: where it is marked without names, until it is graded."""
        return self.quiz.anonymous and self.state != State.GRADED

    @property
    def keeps_pass(self) -> bool:
        """Whether it stays passed below the pass mark, as it was decided when it was graded again."""
        return bool(self.passed) and self.score is not None and self.score < self.pass_mark


class Response(models.Model):
    """The answer to one question of an attempt. `fraction` is 0 to 1, below 0 where certainty costs.

    `option_order` and `answer` have the shape that the question's type gives them.

    `sequence` is when the person chose, in milliseconds since the attempt began: an answer never overwrites a later
    one, whatever the network does to their order.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="responses")
    position = models.PositiveSmallIntegerField()
    option_order = models.JSONField(default=list, help_text="What was shown in which order.")
    section = models.CharField(max_length=100, blank=True)
    points = models.PositiveSmallIntegerField(default=1)
    answer = models.JSONField(null=True)
    flagged = models.BooleanField(default=False, help_text="The person wants to look at it again.")
    sequence = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    fraction = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    needs_person = models.BooleanField(default=False, help_text="Waits for people to mark it.")
    comment = models.TextField(blank=True, help_text="What the marker tells the person.")
    certainty = models.PositiveSmallIntegerField(null=True, help_text="1 to 3, if the quiz asks for it.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often the person had it checked.")
    checked = models.JSONField(null=True, help_text="The answer that was checked last.")
    graded_with = models.ForeignKey(
        QuestionVersion,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The corrected version that decided, if not the one that was shown.",
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="one_response_a_position")]
        indexes = [models.Index(fields=["attempt"], condition=Q(needs_person=True), name="response_waiting")]


class Interruption(models.Model):
    """Something that an assessor may want to know: the person left the page, or went on on another device."""

    class Kind(models.TextChoices):
        LEFT = "left", _("left the page")
        DEVICE = "device", _("went on on another device")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="interruptions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["attempt", "kind", "at"], name="one_interruption_at_a_time")]


@tracked()
class ExtraAttempt(Stamped):
    """One more try than the quiz allows, given to a person by HR or a supervisor."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="extra_attempts")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="extra_attempts")
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    after_attempt = models.PositiveSmallIntegerField(help_text="The number of attempts made when it was granted.")

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "quiz", "after_attempt"], name="one_extra_attempt_at_a_time")
        ]
