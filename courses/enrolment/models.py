"""Who learns what, by when, and how far they are."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.curriculum.kinds import assessing_kinds
from courses.curriculum.models import Course, Unit
from courses.programmes.models import Assignment
from courses.refreshers.models import Occurrence
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class Scope(models.TextChoices):
    FULL = "full", _("The whole course")
    ASSESSMENT = "assessment", _("The quiz only")


STATE_WORDS = {
    "completed": pgettext_lazy("enrolment", "Completed"),
    "withdrawn": _("Withdrawn"),
    "overdue": _("Overdue"),
    "started": _("In progress"),
    "open": _("Not started"),
}


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def open(self) -> Self:
        return self.filter(completed_at=None, withdrawn_at=None)

    def completed(self) -> Self:
        return self.filter(completed_at__isnull=False)

    def due_by(self, day: date) -> Self:
        """Open enrolments whose deadline is `day` or earlier."""
        return self.open().filter(due_on__lte=day)

    def overdue(self, day: date) -> Self:
        """Open enrolments whose deadline is before `day`."""
        return self.open().filter(due_on__lt=day)

    def of_employed(self, day: date) -> Self:
        """Enrolments of people who have not left by `day`."""
        return self.filter(person__in=User.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=day)))

    def by_due_date(self) -> Self:
        """The most urgent first; without a deadline last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def with_minutes_left(self) -> Self:
        """Adds `minutes_left`: the time that the required units not yet completed take."""
        done = UnitProgress.objects.filter(
            enrolment=OuterRef(OuterRef("pk")), unit=OuterRef("pk"), completed_at__isnull=False
        )
        units = (
            Unit.objects.filter(course=OuterRef("course"))
            .in_version(OuterRef("version"))
            .annotate(scope=ExpressionWrapper(OuterRef("scope"), models.CharField()))
            .filter(Q(scope=Scope.FULL) | Q(kind__in=assessing_kinds()))
            .exclude(Exists(done))
            .order_by()
            .values("course")
            .annotate(total=Sum("minutes"))
            .values("total")
        )
        return self.annotate(minutes_left=Coalesce(Subquery(units, output_field=IntegerField()), 0))

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@pghistory.track(
    pghistory.UpdateEvent("corrected", condition=pghistory.AnyChange("due_on", "withdrawn_at", "withdrawn_reason"))
)
class Enrolment(Stamped):
    """A person in a course. A completed or withdrawn one stays as it is; taking the course again is a new one.

    `version` is that of the course when it was given; the person finishes that one, whatever is published meanwhile.
    `overdue_since`, the day after the deadline, is set by the clock's task when the deadline has passed, once.
    What staff change (the deadline, a withdrawal) is kept in the history; progress is a fact of its own.
    """

    minutes_left: int  # added by `with_minutes_left`

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments", db_index=False)
    version = models.PositiveIntegerField(default=1)
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.FULL)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments"
    )
    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments"
    )
    assigned_on = models.DateField()
    opens_on = models.DateField(null=True, blank=True, help_text="First day of the stage; before it, it is for later.")
    due_on = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    overdue_since = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=Q(completed_at=None, withdrawn_at=None),
                name="one_open_enrolment",
            ),
            models.UniqueConstraint(fields=["person", "occurrence"], name="one_enrolment_an_occurrence"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("assigned_on")), name="due_not_before_assigned"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(completed_at=None, withdrawn_at=None), name="enrolment_open_due"
            ),
            models.Index(fields=["course", "completed_at"], name="enrolment_course_completed"),
        ]

    @property
    def is_open(self) -> bool:
        return self.completed_at is None and self.withdrawn_at is None

    def state(self, today: date) -> str:
        """One of completed, withdrawn, overdue, started and open."""
        if self.completed_at:
            return "completed"
        if self.withdrawn_at:
            return "withdrawn"
        if self.due_on and self.due_on < today:
            return "overdue"
        return "started" if self.started_at else "open"

    def state_words(self, today: date) -> str:
        return str(STATE_WORDS[self.state(today)])


class UnitProgress(Stamped):
    """That a person has opened, and completed, a unit within an enrolment."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="progress")
    opened_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["enrolment", "unit"], name="one_progress_a_unit")]
