"""What is taught: courses of topics, and the units of a course."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import EDIT_COURSES, READ_LEARNING, VIEW_PLANS
from courses.curriculum.kinds import UNIT_KINDS
from courses.topics.models import Topic
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable
from trainingsite.people.models import User


class CourseStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("course", "Draft")
    PUBLISHED = "published", pgettext_lazy("course", "Published")
    RETIRED = "retired", pgettext_lazy("course", "Retired")


class Level(models.TextChoices):
    BASIC = "basic", _("Basic")
    ADVANCED = "advanced", _("Advanced")
    EXPERT = "expert", _("Expert")


class Method(models.TextChoices):
    """How a course is taught."""

    LECTURE = "lecture", _("Lecture")
    CASES = "case_analysis", _("Case analysis")
    ROLE_PLAY = "role_play", _("Role play")
    DRILL = "practical_drill", _("Practical drill")
    DISCUSSION = "group_discussion", _("Group discussion")
    ONLINE = "online_learning", _("Online learning")
    MENTORING = "mentoring", pgettext_lazy("method", "Mentoring")
    REVIEW = "review_meeting", _("Review meeting")


class CourseQuerySet(models.QuerySet["Course"]):
    def published(self) -> Self:
        return self.filter(status=CourseStatus.PUBLISHED)

    def with_outline(self) -> Self:
        """Each with `units_count` and `minutes` of its units in use, and how many `learners` have it open."""
        units = Unit.objects.in_use().filter(course=OuterRef("pk")).order_by().values("course")
        return self.annotate(
            units_count=Coalesce(Subquery(units.annotate(n=Count("pk")).values("n")), 0),
            minutes=Coalesce(Subquery(units.annotate(n=Sum("minutes")).values("n")), F("own_minutes"), 0),
            learners=Count("enrolments", filter=Q(enrolments__completed_at=None, enrolments__withdrawn_at=None)),
        )

    def visible_to(self, user: User) -> Self:
        """Who makes courses, audits them or copies them by REST sees all; everybody else sees what is published."""
        sees_all = user.may(EDIT_COURSES) or user.may(VIEW_PLANS) or user.may(READ_LEARNING)
        return self if sees_all else self.published()


@tracked()
class Course(Stamped, Translatable):
    """A course of a topic: units in an order. `objectives` has lists under knowledge, skill and attitude.

    `version` is the number of what is offered, or 1 while it is being written for the first time.
    """

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="courses")
    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.BASIC)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    methods = ArrayField(models.CharField(max_length=20, choices=Method.choices), default=list, blank=True)
    own_minutes = models.PositiveSmallIntegerField(_("estimated minutes"), null=True, blank=True)
    prerequisites = models.ManyToManyField(
        "self",
        through="courses.Prerequisite",
        through_fields=("course", "needs"),
        symmetrical=False,
        related_name="needed_by",
    )
    objectives = models.JSONField(_("objectives"), default=dict, blank=True)
    owner = models.ForeignKey(
        User, verbose_name=_("owner"), on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_courses"
    )
    status = models.CharField(_("status"), max_length=10, choices=CourseStatus.choices, default=CourseStatus.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.in_language("title")

    @property
    def method_names(self) -> list[str]:
        """How it is taught, in words."""
        words = dict(Method.choices)
        return [str(words[method]) for method in self.methods if method in words]

    @property
    def summary_shown(self) -> str:
        return self.in_language("summary")


class VersionStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("course version", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("course version", "In review")
    PUBLISHED = "published", pgettext_lazy("course version", "Published")
    RETIRED = "retired", pgettext_lazy("course version", "Retired")


class Reask(models.TextChoices):
    """What those who completed an earlier version are asked for."""

    NOBODY = "nobody", _("Nothing: what they have done counts")
    CHANGED = "changed", _("Only the units that changed")
    EVERYTHING = "everything", _("The whole course again")


OPEN_DRAFT = Q(status__in=[VersionStatus.DRAFT, VersionStatus.IN_REVIEW])


def sees_versions(user: User) -> bool:
    """Drafts and the past are for those who make courses, audit them or copy them by REST."""
    return user.may(EDIT_COURSES) or user.may(VIEW_PLANS) or user.may(READ_LEARNING)


class CourseVersionQuerySet(models.QuerySet["CourseVersion"]):
    def open(self) -> Self:
        """Drafts, in review or not: at most one a course."""
        return self.filter(OPEN_DRAFT)

    def in_review(self) -> Self:
        return self.filter(status=VersionStatus.IN_REVIEW)

    def visible_to(self, user: User) -> Self:
        return self if sees_versions(user) else self.none()


@tracked()
class CourseVersion(Stamped):
    """One state of a course: a draft, what is offered, or what was offered before.

    `order` holds the ids of its units when that is not the order of their positions: in a draft, and in the past.
    `reask` says what those who had completed an earlier one were asked for when it was published, by `ask_due_on`.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(
        _("status"), max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT, db_index=True
    )
    notes = models.CharField(_("what is new"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    reask = models.CharField(max_length=10, choices=Reask.choices, default=Reask.NOBODY)
    ask_due_on = models.DateField(null=True)
    order = ArrayField(models.BigIntegerField(), default=list, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects = CourseVersionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="version_once"),
            models.UniqueConstraint(fields=["course"], condition=OPEN_DRAFT, name="one_open_draft"),
            models.UniqueConstraint(fields=["course"], condition=Q(status="published"), name="one_published_version"),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.number})

    @property
    def is_open(self) -> bool:
        return self.status in (VersionStatus.DRAFT, VersionStatus.IN_REVIEW)


class UnitQuerySet(models.QuerySet["Unit"]):
    def in_version(self, number: int | Combinable) -> Self:
        """Units of the version with this number, of whatever course."""
        return self.filter(Q(removed_in=None) | Q(removed_in__gt=number), introduced_in__lte=number)

    def in_use(self) -> Self:
        """Units of what the course offers today; those of other versions stay for those who learn or learnt them."""
        return self.in_version(F("course__version"))

    def for_outline(self) -> Self:
        """Without the texts, with what the kinds' rules read."""
        return self.defer("body").select_related(*{name for kind in UNIT_KINDS.values() for name in kind.beside})


@tracked()
class Unit(Stamped, Translatable):
    """One step of a course. `kind` names a registered UnitKind; an article has its Markdown in `body`.

    It is part of the versions from `introduced_in` up to the one before `removed_in`. Once a version is published,
    its units stay as they are: a changed one is a new row that `replaces` it from the next version on.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="units")
    position = models.PositiveSmallIntegerField(default=0)
    slug = models.SlugField(max_length=64)
    kind = models.CharField(pgettext_lazy("unit", "kind"), max_length=20)
    title = models.CharField(_("title"), max_length=100)
    body = models.TextField(_("text"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    introduced_in = models.PositiveIntegerField(default=1, editable=False)
    removed_in = models.PositiveIntegerField(null=True, editable=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="replacements"
    )

    objects = UnitQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug", "introduced_in"], name="unit_once_a_version"),
            models.UniqueConstraint(fields=["course", "slug"], condition=Q(removed_in=None), name="one_unit_by_slug"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="unit_takes_a_minute"),
            models.CheckConstraint(
                condition=Q(removed_in=None) | Q(removed_in__gt=F("introduced_in")), name="unit_removed_later"
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("title")

    def is_in(self, number: int) -> bool:
        """Whether it is part of the version with this number."""
        return self.introduced_in <= number and (self.removed_in is None or self.removed_in > number)

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

    @property
    def rule(self) -> str:
        """What completes it, in words; "" for a kind whose app is gone."""
        return UNIT_KINDS[self.kind].rule(self) if self.kind in UNIT_KINDS else ""
