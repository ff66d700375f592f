"""The question bank: a question keeps every version it ever had, and attempts keep the one they showed."""

from typing import Self, TypedDict

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.acts import VIEW_QUESTIONS
from courses.models import Competency, Topic
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class Kind(models.TextChoices):
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")


class Difficulty(models.IntegerChoices):
    EASY = 1, pgettext_lazy("difficulty", "Easy")
    MEDIUM = 2, pgettext_lazy("difficulty", "Medium")
    HARD = 3, pgettext_lazy("difficulty", "Hard")


class Option(TypedDict):
    id: str
    text: str
    correct: bool


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def searched(self, text: str) -> Self:
        """Questions whose code or present wording holds `text`."""
        return self.filter(Q(code__icontains=text) | Q(current__stem__icontains=text))

    def with_uses(self) -> Self:
        """Each with `uses`, the number of quizzes that ask it."""
        return self.annotate(uses=Count("quiz_items"))

    def visible_to(self, user: User) -> Self:
        """The bank is for those who make and judge tests; who takes them sees only the own attempts."""
        return self if user.may(VIEW_QUESTIONS) else self.none()


@tracked()
class Question(Stamped):
    """A question of a topic; what it asks stands in its versions, the newest of which is `current`."""

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="questions")
    code = models.SlugField(_("code"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Difficulty.choices, default=Difficulty.EASY)
    competency = models.ForeignKey(
        Competency,
        verbose_name=_("competency"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
    )
    current = models.OneToOneField(
        "QuestionVersion", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.code


class QuestionVersion(Stamped):
    """What a question asked from one edit to the next; never changed.

    `options` is a list of {"id": "a", "text": …, "correct": bool}; a true/false question has "true" and "false".
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stem = models.TextField(_("question"))
    options = models.JSONField(default=list)
    explanation = models.TextField(_("explanation"), blank=True)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="one_version_by_number")]

    @property
    def correct_ids(self) -> list[str]:
        options: list[Option] = self.options
        return [option["id"] for option in options if option["correct"]]
