"""The question bank: a question keeps every version it ever had, and attempts keep the one they showed."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.acts import READ_BANK, VIEW_QUESTIONS
from courses.models import Competency, Topic
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class Kind(models.TextChoices):
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")
    BEST_REPLY = "best_reply", _("Best reply")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")
    GAPS = "gaps", _("Fill the gaps")
    SHORT = "short", _("Short answer")
    NUMERICAL = "numerical", pgettext_lazy("question", "Number")
    CASE = "case", _("Case with several questions")
    HOTSPOT = "hotspot", _("Hotspot on a screenshot")
    TYPING = "typing", _("Typing test")
    ESSAY = "essay", _("Essay")
    UPLOAD = "upload", _("File upload")


class Difficulty(models.IntegerChoices):
    EASY = 1, pgettext_lazy("difficulty", "Easy")
    MEDIUM = 2, pgettext_lazy("difficulty", "Medium")
    HARD = 3, pgettext_lazy("difficulty", "Hard")


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("question", "Draft")
    READY = "ready", pgettext_lazy("question", "Ready")
    RETIRED = "retired", pgettext_lazy("question", "Retired")


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_use(self) -> Self:
        """Questions that quizzes may ask."""
        return self.filter(status=Status.READY)

    def searched(self, text: str) -> Self:
        """Questions whose code, tags or present wording hold `text`."""
        found = self.annotate(parts=Cast("current__content", models.TextField()))
        wording = Q(current__stem__icontains=text) | Q(current__explanation__icontains=text)
        return found.filter(Q(code__icontains=text) | wording | Q(parts__icontains=text) | Q(tags__contains=[text]))

    def with_uses(self) -> Self:
        """Each with `uses`, the number of quizzes that ask it."""
        return self.annotate(uses=Count("quiz_items"))

    def visible_to(self, user: User) -> Self:
        """The bank is for those who make and judge tests; who takes them sees only the own attempts."""
        return self if user.may(VIEW_QUESTIONS) or user.may(READ_BANK) else self.none()


@tracked()
class Category(Stamped):
    """A shelf of the bank within a topic; shelves may stand in shelves."""

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="categories")
    parent = models.ForeignKey(
        "self", verbose_name=_("within"), on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    title = models.CharField(_("title"), max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "parent", "title"], name="one_category_by_title", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.title


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
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.READY)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where the fact stands: an article, a rule, an address.")
    )
    current = models.OneToOneField(
        "QuestionVersion", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )  # the twin that is asked in its place when a quiz is next changed

    objects = QuestionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        indexes = [GinIndex(fields=["tags"], name="question_tags")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("question", args=[self.pk])

    @property
    def is_ready(self) -> bool:
        """Whether quizzes may ask it."""
        return self.status == Status.READY

    def become(self, status: str, *, at: datetime) -> None:
        """Take another status, unwritten: since when it is retired and who stands in for it are of the old one."""
        if status != self.status:
            self.status, self.replaced_by = status, None
            self.retired_at = at if status == Status.RETIRED else None


class QuestionVersion(Stamped):
    """What a question asked from one edit to the next; never changed.

    `stem` and `explanation` are Markdown. `content` is what its type makes of it (see `questions.types`).
    `translations` maps a language to {"stem": …, "explanation": …, "texts": {path: text}}.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stem = models.TextField(_("question"))
    content = models.JSONField(default=dict)
    explanation = models.TextField(_("explanation"), blank=True)
    translations = models.JSONField(default=dict, blank=True)
    note = models.CharField(_("what was changed"), max_length=200, blank=True)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="one_version_by_number")]

    @property
    def options(self) -> list[dict[str, Any]]:
        """The options of the kinds that have them."""
        found: list[dict[str, Any]] = self.content.get("options", [])
        return found
