"""Quizzes: the questions a unit of a course asks, and how."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import Question
from courses.models import Unit
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped

LONGEST_MINUTES = 600
MOST_ATTEMPTS = 100
MOST_POINTS = 100


@tracked()
class Quiz(Stamped):
    """The quiz of a unit. `pass_mark` in percent; without `time_limit_minutes` or `max_attempts` there is no limit."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="quiz")
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit (minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)],
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_ATTEMPTS)],
    )
    shuffle = models.BooleanField(_("shuffle questions and options"), default=True)

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="pass_mark_in_percent")
        ]

    def __str__(self) -> str:
        return str(self.unit)


@tracked()
class QuizQuestion(Stamped):
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="quiz_items")
    position = models.PositiveSmallIntegerField(default=0)
    points = models.PositiveSmallIntegerField(
        _("points"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)]
    )

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["quiz", "question"], name="question_once_in_quiz")]
