"""What a plan has to respect: peak seasons, busy times of people, hours that departments may spend."""

from datetime import date, datetime
from typing import Any, Self

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import READ_LEARNING, VIEW_PLANS
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import Department, User

PERCENT = [MinValueValidator(1), MaxValueValidator(100)]
DEFAULT_PERCENT = 25


class SeasonQuerySet(models.QuerySet["Season"]):
    def between(self, first: date, last: date) -> Self:
        """Seasons that touch these days, the earliest first."""
        return self.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on", "pk")

    def visible_to(self, user: User) -> Self:
        """Plans are for those who make or audit them, and for the systems that copy them."""
        return self if user.may(VIEW_PLANS) or user.may(READ_LEARNING) else self.none()


@tracked()
class Season(Stamped):
    """A peak season (大促), both days included. During a blackout nothing is scheduled and nothing is due.

    `ready` names the ready entry that it was loaded from, so that loading a year twice makes each once.
    """

    name = models.CharField(_("name"), max_length=60)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    blackout = models.BooleanField(
        _("no training"), default=True, help_text=_("Nothing is scheduled and nothing is due on these days.")
    )
    max_in_training_percent = models.PositiveSmallIntegerField(
        _("at most in training at the same hour (%)"),
        null=True,
        blank=True,
        validators=PERCENT,
        help_text=_("Of the people of each team; empty: the usual limit."),
    )
    ready = models.CharField(max_length=40, unique=True, null=True, editable=False)  # noqa: DJ001 - unique when set

    objects = SeasonQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="season_ends_after_start"),
            models.CheckConstraint(
                condition=Q(max_in_training_percent=None) | Q(max_in_training_percent__range=(1, 100)),
                name="season_percent_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days_shown(self) -> str:
        """First and last day in words."""
        return f"{date_format(self.starts_on, 'DATE_FORMAT')} – {date_format(self.ends_on, 'DATE_FORMAT')}"

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class PlanningRule(Stamped):
    """The one row of what holds outside seasons too."""

    max_in_training_percent = models.PositiveSmallIntegerField(
        _("at most in training at the same hour (%)"),
        default=DEFAULT_PERCENT,
        validators=PERCENT,
        help_text=_("Of the people of each team; one person may always be trained."),
    )

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_planning_rule"),
            models.CheckConstraint(condition=Q(max_in_training_percent__range=(1, 100)), name="rule_percent_in_range"),
        ]


class BusyKind(models.TextChoices):
    SHIFT = "shift", pgettext_lazy("busy", "Shift")
    LEAVE = "leave", pgettext_lazy("busy", "Leave")
    OTHER = "other", pgettext_lazy("busy", "Other")


class BusyTimeQuerySet(models.QuerySet["BusyTime"]):
    def during(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Busy times that share a moment with this span."""
        return self.filter(period__overlap=(starts_at, ends_at))

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class BusyTime(Stamped):
    """When a person is on shift, on leave or busy otherwise; another system knows it by `source_key`."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="busy_times")
    period = DateTimeRangeField(_("from – to"))
    kind = models.CharField(pgettext_lazy("busy", "kind"), max_length=10, choices=BusyKind.choices)
    source_key = models.CharField(max_length=120, unique=True)

    objects = BusyTimeQuerySet.as_manager()

    class Meta(Stamped.Meta):
        indexes = [GistIndex(fields=["period"], name="busy_period")]
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="busy_for_a_while"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.person_id}"


class BusyImportQuerySet(models.QuerySet["BusyImport"]):
    def visible_to(self, user: Any) -> Self:
        """An import is the business of the person who uploaded the file."""
        return self.filter(owner_id=user.pk)


class BusyImport(models.Model):
    """A file of busy times that was uploaded and read: it waits to be looked at and applied."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list, help_text="The rows of the file: a list of {field: text}.")
    lines = models.JSONField(default=list, help_text="The line of the file that each row stands in.")
    created_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True)

    objects = BusyImportQuerySet.as_manager()


@tracked()
class TrainingBudget(Stamped):
    """Person-hours of training that a department, with all below it, may spend in a quarter."""

    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.CASCADE, related_name="training_budgets"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    hours = models.PositiveIntegerField(_("hours"))

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["department", "year", "quarter"], name="one_budget_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="quarter_of_a_year"),
        ]
