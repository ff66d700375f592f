"""Programmes (培养方案) and their assignment to audiences."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from courses.acts import READ_LEARNING, VIEW_PLANS
from courses.audiences.models import Audience
from courses.curriculum.models import Course
from trainingsite.core.history import tracked
from trainingsite.core.models import Job, Stamped, Translatable
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def active(self) -> Self:
        return self.filter(archived_at=None)

    def visible_to(self, user: User) -> Self:
        """Plans are for those who make or audit them, and for the systems that copy them."""
        return self if user.may(VIEW_PLANS) or user.may(READ_LEARNING) else self.none()


@tracked()
class Programme(Stamped, Translatable):
    """Courses that belong together, in an order."""

    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    courses = models.ManyToManyField(Course, through="ProgrammeCourse", related_name="programmes")
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.in_language("title")


@tracked()
class ProgrammeCourse(Stamped):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="programme_items")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "course"], name="course_once_in_programme")]


class DueRule(models.TextChoices):
    FIXED = "fixed", _("On a date")
    AFTER_ASSIGNMENT = "after_assignment", _("Days after assignment")
    AFTER_HIRE = "after_hire", _("Days after being hired")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def with_progress(self, day: date) -> Self:
        """Adds how many of its enrolments there are, are completed and are overdue, and how many exceptions wait."""
        still = Q(enrolments__completed_at=None, enrolments__withdrawn_at=None)
        waiting = (
            DueException.objects.waiting()
            .filter(assignment=models.OuterRef("pk"))
            .order_by()
            .values("assignment")
            .annotate(n=models.Count("pk"))
            .values("n")
        )
        return self.annotate(
            total=models.Count("enrolments", filter=Q(enrolments__withdrawn_at=None)),
            done=models.Count("enrolments", filter=Q(enrolments__completed_at__isnull=False)),
            late=models.Count("enrolments", filter=still & Q(enrolments__due_on__lt=day)),
            waiting=Coalesce(models.Subquery(waiting), 0),
        )


@tracked()
class Assignment(Stamped):
    """A programme given to an audience on a day, with the rule of its due dates.

    `token` is the form's: a form that is sent twice makes one assignment.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="assignments")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="assignments")
    assigned_on = models.DateField()
    assigned_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    due_rule = models.CharField(_("due"), max_length=20, choices=DueRule.choices, default=DueRule.FIXED)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    token = models.UUIDField(unique=True)
    reached = models.PositiveIntegerField(default=0, help_text="People the audience had when it was assigned.")
    enrolled = models.PositiveIntegerField(default=0, help_text="New enrolments made.")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(due_rule=DueRule.FIXED, due_on__isnull=False, due_days__isnull=True))
                | (~Q(due_rule=DueRule.FIXED) & Q(due_on__isnull=True, due_days__isnull=False)),
                name="due_rule_has_its_value",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("assigned_on")),
                name="assignment_due_not_past",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {date_format(self.assigned_on, 'SHORT_DATE_FORMAT')}"


class DueExceptionQuerySet(models.QuerySet["DueException"]):
    def waiting(self) -> Self:
        return self.filter(resolved_at=None)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class Reason(models.TextChoices):
    DUE_IN_PAST = "due_in_past", _("The computed date has passed")
    NO_HIRE_DATE = "no_hire_date", _("No hire date is known")


@tracked()
class DueException(Stamped):
    """A due date that the rule computed and that can't be met; HR extends it or exempts the person."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="exceptions")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="due_exceptions")
    computed_on = models.DateField(null=True)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    extended_to = models.DateField(_("due on"), null=True, blank=True)
    resolution = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DueExceptionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["assignment", "person"], name="one_exception_a_person")]
