"""Readings: what other systems measured, a person and a day at a time."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from analytics.metrics.models import Metric
from trainingsite.core.models import Job, Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import Department, User


class ReadingQuerySet(models.QuerySet["Reading"]):
    def in_force(self) -> Self:
        """The facts that count: those no later fact has superseded."""
        return self.filter(superseded_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-day", "metric", "pk")

    def visible_to(self, user: User) -> Self:
        """Readings of people whose records `user` sees, and those that happened in the departments supervised."""
        seen = records_seen_by(user)
        if seen and user.is_authenticated:
            for path in user.supervised_paths:
                seen |= Q(department__path__startswith=path)
        return self.filter(seen)


class Reading(Stamped):
    """What was measured of a person on a day: `numerator` over `denominator`, from `sample_size` cases.

    A reading is a fact and is never overwritten: a correction is a new row, and the one it corrects keeps its numbers
    and gets `superseded_at`. Without a person it is a department's own figure, for systems that know no people; it
    adds to the people's. `department` is where it happened: who moves on leaves the history behind.
    """

    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="readings")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="readings")
    day = models.DateField(_("day"))
    numerator = models.DecimalField(max_digits=16, decimal_places=4)
    denominator = models.DecimalField(max_digits=16, decimal_places=4)
    sample_size = models.PositiveIntegerField()
    source = models.CharField(max_length=64)
    superseded_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "person", "day"],
                condition=Q(superseded_at=None, person__isnull=False),
                name="one_reading_a_person_day",
            ),
            models.UniqueConstraint(
                fields=["metric", "department", "day"],
                condition=Q(superseded_at=None, person=None),
                name="one_reading_a_department_day",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(department__isnull=False), name="reading_is_about_somebody"
            ),
            models.CheckConstraint(condition=Q(numerator__gte=0, denominator__gt=0), name="reading_in_range"),
        ]
        indexes = [
            models.Index(fields=["day", "metric", "department"], name="reading_day"),
            models.Index(fields=["person", "day"], name="reading_person_day"),
        ]

    @property
    def value(self) -> float | None:
        return self.metric.value(self.numerator, self.denominator)


class UploadQuerySet(models.QuerySet["Upload"]):
    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def visible_to(self, user: User) -> Self:
        """Uploads are HR's common work: who may upload sees those of the colleagues too."""
        return self if user.may("readings.upload") else self.none()


class Upload(Stamped):
    """A CSV file of readings between its preview and its end. `content` is dropped once it is applied."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    bad_rows = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, help_text="The first of what is wrong: [line, column, message].")
    created = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(bad_rows__lte=F("rows")), name="upload_bad_rows_are_rows"),
        ]

    @property
    def good_rows(self) -> int:
        return self.rows - self.bad_rows
