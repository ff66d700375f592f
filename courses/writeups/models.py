"""Case write-ups (案例作业): what is asked, what people hand in, how it was graded."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.curriculum.models import Unit
from courses.enrolment.models import Enrolment
from courses.rubrics.models import Criterion, Rubric
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

MOST_CHARS = 20_000


@tracked()
class CaseBrief(Stamped):
    """What a unit of this kind asks for, by which rubric it is graded, and who grades it besides the course's owner."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="case_brief")
    brief = models.TextField(_("task"), blank=True)
    rubric = models.ForeignKey(
        Rubric, verbose_name=_("rubric"), on_delete=models.PROTECT, null=True, related_name="case_briefs"
    )
    pass_percent = models.PositiveSmallIntegerField(
        _("passed from (%)"), default=60, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    min_chars = models.PositiveIntegerField(
        _("at least (characters)"), default=200, validators=[MaxValueValidator(MOST_CHARS)]
    )
    max_chars = models.PositiveIntegerField(
        _("at most (characters)"), default=3000, validators=[MinValueValidator(1), MaxValueValidator(MOST_CHARS)]
    )
    allow_file = models.BooleanField(_("a file may be added"), default=False)
    graders = models.ManyToManyField(User, verbose_name=_("graders"), blank=True, related_name="+")

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(pass_percent__gte=1, pass_percent__lte=100), name="brief_pass_percent"),
            models.CheckConstraint(condition=Q(min_chars__lte=models.F("max_chars")), name="brief_min_below_max"),
        ]

    def __str__(self) -> str:
        return str(self.unit)


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("write-up", "Draft")
    HANDED_IN = "handed_in", _("Handed in")
    RETURNED = "returned", pgettext_lazy("write-up", "Returned")
    GRADED = "graded", pgettext_lazy("write-up", "Passed")


def gradable_by(user: User) -> Q:
    """Condition on WriteUp: those whose person the user sees, whose course is the user's, or given to the user."""
    seen = records_seen_by(user, "enrolment__person")
    if not seen:  # an empty condition sees all
        return ~Q(enrolment__person=user.pk)
    given = Q(unit__case_brief__in=CaseBrief.objects.filter(graders=user.pk).values("pk"))
    return (seen | Q(unit__course__owner=user.pk) | given) & ~Q(enrolment__person=user.pk)


class WriteUpQuerySet(models.QuerySet["WriteUp"]):
    def handed_in(self) -> Self:
        return self.exclude(state=State.DRAFT)

    def waiting(self) -> Self:
        """Handed in and not graded, of people who are still in the course."""
        return self.filter(state=State.HANDED_IN, enrolment__withdrawn_at=None)

    def older_than(self, at: datetime) -> Self:
        return self.filter(handed_in_at__lt=at)

    def oldest_first(self) -> Self:
        return self.order_by("handed_in_at", "pk")

    def visible_to(self, user: User) -> Self:
        """The own ones; of others what was handed in, to whoever sees the person or grades it."""
        return self.filter(Q(enrolment__person=user.pk) | gradable_by(user) & ~Q(state=State.DRAFT))

    def gradable_by(self, user: User) -> Self:
        """What the user may grade; never the own."""
        return self.handed_in().filter(gradable_by(user))


class WriteUp(Stamped):
    """One version of a person's text for a unit: a draft is changed, what was handed in stays as it is.

    `revision` counts the savings of the draft, so that a second window never overwrites what the first one saved.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="write_ups")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="write_ups")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("text"), blank=True)
    file = models.FileField(_("file"), upload_to="write-ups/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    handed_in_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    comment = models.TextField(blank=True)

    objects = WriteUpQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit", "number"], name="one_write_up_by_number"),
            models.UniqueConstraint(
                fields=["enrolment", "unit"], condition=Q(state__in=["draft", "handed_in"]), name="one_open_write_up"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", handed_in_at__isnull=True)
                | (~Q(state="draft") & Q(handed_in_at__isnull=False)),
                name="write_up_handed_in_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "handed_in"], decided_at__isnull=True, percent__isnull=True)
                | Q(state__in=["returned", "graded"], decided_at__isnull=False, percent__isnull=False),
                name="write_up_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["handed_in_at"], condition=Q(state="handed_in"), name="write_up_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_waiting(self) -> bool:
        return self.state == State.HANDED_IN


class Grade(models.Model):
    """The points that a write-up got for one criterion: a fact, which the database lets nobody change."""

    write_up = models.ForeignKey(WriteUp, on_delete=models.CASCADE, related_name="grades")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    out_of = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=60, blank=True, help_text="The band's title as it was then.")
    comment = models.CharField(max_length=1000, blank=True)
    grader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["write_up", "criterion"], name="one_grade_a_criterion")]
        triggers = [pgtrigger.Protect(name="grade_stays", operation=pgtrigger.Update)]
