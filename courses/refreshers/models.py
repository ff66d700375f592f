"""Refreshers (复训): what comes again every month or quarter."""

from typing import Self

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from courses.audiences.models import Audience
from courses.curriculum.models import Course
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class RefresherQuerySet(models.QuerySet["Refresher"]):
    def running(self) -> Self:
        return self.filter(paused_at=None)


@tracked()
class Refresher(Stamped):
    """A rule: the quiz of `course`, for `audience`, whenever `rrule` (RFC 5545, from `starts_on`) says."""

    title = models.CharField(_("title"), max_length=100)
    course = models.ForeignKey(Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="refreshers")
    audience = models.ForeignKey(
        Audience, verbose_name=_("audience"), on_delete=models.PROTECT, related_name="refreshers"
    )
    rrule = models.CharField(_("recurrence"), max_length=200)
    starts_on = models.DateField(_("first day"))
    days_to_complete = models.PositiveSmallIntegerField(_("days to complete"), default=14)
    runs_from = models.DateField(editable=False, help_text="Earlier days that were missed are not made up for.")
    paused_at = models.DateTimeField(null=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RefresherQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(days_to_complete__gte=1), name="refresher_gives_a_day")
        ]

    def __str__(self) -> str:
        return self.title


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def with_results(self) -> Self:
        """Adds how many enrolments the run has at present (`total`), and how many of them are completed (`done`)."""
        return self.annotate(
            total=models.Count("enrolments", filter=models.Q(enrolments__withdrawn_at=None)),
            done=models.Count("enrolments", filter=models.Q(enrolments__completed_at__isnull=False)),
        )


class Occurrence(Stamped):
    """One run of a refresher; its uniqueness makes a second beat harmless."""

    refresher = models.ForeignKey(Refresher, on_delete=models.CASCADE, related_name="occurrences")
    on = models.DateField()
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    reached = models.PositiveIntegerField(default=0)
    enrolled = models.PositiveIntegerField(default=0)

    objects = OccurrenceQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["refresher", "on"], name="one_run_a_day")]

    def __str__(self) -> str:
        return f"{self.refresher} · {date_format(self.on, 'SHORT_DATE_FORMAT')}"
