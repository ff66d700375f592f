"""What is taught: topics, their courses, the units of a course."""

from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import EDIT_COURSES, READ_LEARNING, VIEW_PLANS
from courses.curriculum.kinds import UNIT_KINDS
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable
from trainingsite.people.models import User


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)


@tracked()
class Topic(Stamped, Translatable):
    """A training module (培训模块), such as platform rules."""

    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    icon = models.CharField(max_length=40, default="book")
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.in_language("title")

    @property
    def summary_shown(self) -> str:
        return self.in_language("summary")


class CourseStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("course", "Draft")
    PUBLISHED = "published", pgettext_lazy("course", "Published")
    RETIRED = "retired", pgettext_lazy("course", "Retired")


class Level(models.TextChoices):
    BASIC = "basic", _("Basic")
    ADVANCED = "advanced", _("Advanced")
    EXPERT = "expert", _("Expert")


class CourseQuerySet(models.QuerySet["Course"]):
    def published(self) -> Self:
        return self.filter(status=CourseStatus.PUBLISHED)

    def with_outline(self) -> Self:
        """Each with `units_count` and `minutes` of its units in use, and how many `learners` have it open."""
        units = Unit.objects.in_use().filter(course=OuterRef("pk")).order_by().values("course")
        return self.annotate(
            units_count=Coalesce(Subquery(units.annotate(n=Count("pk")).values("n")), 0),
            minutes=Coalesce(Subquery(units.annotate(n=Sum("minutes")).values("n")), 0),
            learners=Count("enrolments", filter=Q(enrolments__completed_at=None, enrolments__withdrawn_at=None)),
        )

    def visible_to(self, user: User) -> Self:
        """Who makes courses, audits them or copies them by REST sees all; everybody else sees what is published."""
        sees_all = user.may(EDIT_COURSES) or user.may(VIEW_PLANS) or user.may(READ_LEARNING)
        return self if sees_all else self.published()


@tracked()
class Course(Stamped, Translatable):
    """A course of a topic: units in an order. `objectives` has lists under knowledge, skill and attitude."""

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="courses")
    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.BASIC)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    objectives = models.JSONField(_("objectives"), default=dict, blank=True)
    owner = models.ForeignKey(
        User, verbose_name=_("owner"), on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_courses"
    )
    status = models.CharField(_("status"), max_length=10, choices=CourseStatus.choices, default=CourseStatus.DRAFT)

    objects = CourseQuerySet.as_manager()

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.in_language("title")

    @property
    def summary_shown(self) -> str:
        return self.in_language("summary")


class UnitQuerySet(models.QuerySet["Unit"]):
    def in_use(self) -> Self:
        """Units that are part of the course today; a retired one stays for those who learnt it."""
        return self.filter(retired_at=None)


@tracked()
class Unit(Stamped, Translatable):
    """One step of a course. `kind` names a registered UnitKind; an article has its Markdown in `body`."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="units")
    position = models.PositiveSmallIntegerField(default=0)
    slug = models.SlugField(max_length=64)
    kind = models.CharField(pgettext_lazy("unit", "kind"), max_length=20)
    title = models.CharField(_("title"), max_length=100)
    body = models.TextField(_("text"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_unit_by_slug"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="unit_takes_a_minute"),
        ]

    def __str__(self) -> str:
        return self.in_language("title")

    @property
    def kind_label(self) -> str:
        """The kind in words; a kind whose app is gone shows its name."""
        return str(UNIT_KINDS[self.kind].label) if self.kind in UNIT_KINDS else self.kind

    @property
    def kind_icon(self) -> str:
        return UNIT_KINDS[self.kind].icon if self.kind in UNIT_KINDS else "help-circle"

    @property
    def edit_url(self) -> str:
        """Where its author goes on; "" for a kind whose app is gone."""
        return UNIT_KINDS[self.kind].edit_url(self) if self.kind in UNIT_KINDS else ""
