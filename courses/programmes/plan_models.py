"""Programmes (培养方案): versions, their stages with windows relative to the start, and the items of a stage."""

from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import READ_LEARNING, VIEW_PLANS
from courses.programmes.kinds import ITEM_KINDS
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable
from trainingsite.people.models import User

LONGEST_DAYS = 1100


class ProgrammeStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("programme", "Draft")
    PUBLISHED = "published", pgettext_lazy("programme", "Published")
    ARCHIVED = "archived", pgettext_lazy("programme", "Archived")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def active(self) -> Self:
        return self.exclude(status=ProgrammeStatus.ARCHIVED)

    def published(self) -> Self:
        return self.filter(status=ProgrammeStatus.PUBLISHED)

    def with_length(self) -> Self:
        """Adds the `days` from the first to the last of the published version."""
        last = Stage.objects.filter(programme=OuterRef("pk"), version=OuterRef("version")).order_by("-last_day")
        return self.annotate(days=Subquery(last.values("last_day")[:1]))

    def visible_to(self, user: User) -> Self:
        """Plans are for those who make or audit them, and for the systems that copy them."""
        return self if user.may(VIEW_PLANS) or user.may(READ_LEARNING) else self.none()


@tracked()
class Programme(Stamped, Translatable):
    """A path of stages. `version` is the published one, and 1 as long as there is none.

    A `template` is never given to people; new programmes are made from it.
    """

    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=ProgrammeStatus.choices, default=ProgrammeStatus.DRAFT, editable=False
    )
    template = models.BooleanField(_("template"), default=False)
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.in_language("title")

    @property
    def summary_shown(self) -> str:
        return self.in_language("summary")


class VersionStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("version", "Draft")
    PUBLISHED = "published", pgettext_lazy("version", "Published")
    RETIRED = "retired", pgettext_lazy("version", "Former")


@tracked()
class ProgrammeVersion(Stamped):
    """A version of the stages; an assignment keeps the one that it was given with. At most one is a draft."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    notes = models.CharField(_("what is new"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta(Stamped.Meta):
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_programme_version_a_number"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(status=VersionStatus.DRAFT), name="one_draft_of_a_programme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.number}"


@tracked()
class Stage(Stamped):
    """A stretch of a version, from one day to another; day 1 is the day on which a person starts.

    Besides the required items, `optional_needed` of the others have to be done.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="stages")
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(_("title"), max_length=100)
    position = models.PositiveSmallIntegerField(default=0)
    first_day = models.PositiveSmallIntegerField(_("first day"))
    last_day = models.PositiveSmallIntegerField(_("last day"))
    optional_needed = models.PositiveSmallIntegerField(_("of the optional items"), default=0)

    class Meta(Stamped.Meta):
        ordering = ["position", "first_day", "pk"]
        indexes = [models.Index(fields=["programme", "version"], name="stage_of_version")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__gte=1, last_day__gte=F("first_day"), last_day__lte=LONGEST_DAYS),
                name="stage_window_runs_forward",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        return self.last_day - self.first_day + 1


class ItemQuerySet(models.QuerySet["Item"]):
    def of_version(self, programme: int, number: int) -> Self:
        """The items of a version in the order of learning, each with its stage."""
        found = self.filter(stage__programme=programme, stage__version=number).select_related("stage")
        return found.order_by("stage__position", "stage__first_day", "stage__pk", "position", "pk")

    def courses(self) -> Self:
        return self.filter(kind="course", object_id__isnull=False)


@tracked()
class Item(Stamped):
    """One thing to do in a stage. `kind` names a registered ItemKind; `object_id` and `settings` are the kind's own.

    An item of a template may have no `object_id` yet: a gap that is filled before the programme is published.
    """

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(pgettext_lazy("item", "kind"), max_length=20)
    object_id = models.BigIntegerField(null=True, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    required = models.BooleanField(_("required"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ItemQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["kind", "object_id"], name="item_of_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "kind", "object_id"],
                condition=Q(object_id__isnull=False),
                name="item_once_in_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id or ''}"

    @property
    def kind_label(self) -> str:
        """The kind in words; a kind whose app is gone shows its name."""
        return str(ITEM_KINDS[self.kind].label) if self.kind in ITEM_KINDS else self.kind

    @property
    def kind_icon(self) -> str:
        return ITEM_KINDS[self.kind].icon if self.kind in ITEM_KINDS else "help-circle"

    @property
    def scope(self) -> Any:
        """For a course: the whole of it, or its tests only."""
        return self.settings.get("scope", "full")
