"""Programmes given to audiences: assignments, who takes part, and whose due date cannot be met."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import READ_LEARNING, VIEW_PLANS
from courses.audiences.models import Audience
from courses.programmes.plan_models import Item, Programme, ProgrammeStatus, ProgrammeVersion, Stage, VersionStatus
from courses.sessions.models import Session
from trainingsite.core.history import tracked
from trainingsite.core.models import Job, Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

__all__ = [
    "Assignment",
    "Decision",
    "DueException",
    "DueRule",
    "Item",
    "ItemSession",
    "Participation",
    "Programme",
    "ProgrammeStatus",
    "ProgrammeVersion",
    "Reason",
    "Stage",
    "Starts",
    "VersionStatus",
]


class DueRule(models.TextChoices):
    STAGES = "stages", _("Each item on the last day of its stage")
    FIXED = "fixed", _("On a date")
    AFTER_ASSIGNMENT = "after_assignment", _("Days after assignment")
    AFTER_HIRE = "after_hire", _("Days after being hired")
    AFTER_SESSION = "after_session", _("Days after the last class")
    BEFORE_EXPIRY = "before_expiry", _("Days before the certificate expires")


class Starts(models.TextChoices):
    FIXED = "fixed", _("On a date, the same for everybody")
    ON_JOINING = "on_joining", _("On the day a person joins the audience")
    HIRE_DATE = "hire_date", _("On the day a person was hired")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> Self:
        """Plans are for those who make or audit them, and for the systems that copy them."""
        return self if user.may(VIEW_PLANS) or user.may(READ_LEARNING) else self.none()

    def standing(self) -> Self:
        """Those that follow their audience at present."""
        return self.filter(standing=True, ended_at=None)

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

    def with_people(self) -> Self:
        """Adds how many `people` take part (without who left or is exempted) and how many have `arrived`."""
        rows = Participation.objects.filter(assignment=models.OuterRef("pk")).order_by().values("assignment")
        staying = rows.filter(left_at=None, exempted_at=None)
        arrived = rows.filter(completed_at__isnull=False)
        return self.annotate(
            people=Coalesce(models.Subquery(staying.annotate(n=models.Count("pk")).values("n")), 0),
            arrived=Coalesce(models.Subquery(arrived.annotate(n=models.Count("pk")).values("n")), 0),
        )


@tracked()
class Assignment(Stamped):
    """A version of a programme given to an audience on a day, with the rules of start and due dates.

    A `standing` one follows its audience until `ended_at`: newcomers get it, from leavers it is taken back. `token` is
    the form's: a form that is sent twice makes one assignment.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="assignments")
    programme_version = models.PositiveIntegerField(default=1)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="assignments")
    assigned_on = models.DateField()
    assigned_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    due_rule = models.CharField(_("due"), max_length=20, choices=DueRule.choices, default=DueRule.FIXED)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    starts = models.CharField(_("start"), max_length=20, choices=Starts.choices, default=Starts.ON_JOINING)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    standing = models.BooleanField(_("also whoever joins later"), default=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    token = models.UUIDField(unique=True)
    reached = models.PositiveIntegerField(default=0, help_text="People the audience had when it was assigned.")
    enrolled = models.PositiveIntegerField(default=0, help_text="New enrolments made.")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(due_rule=DueRule.FIXED, due_on__isnull=False, due_days__isnull=True)
                | Q(due_rule=DueRule.STAGES, due_on__isnull=True, due_days__isnull=True)
                | (~Q(due_rule__in=[DueRule.FIXED, DueRule.STAGES]) & Q(due_on__isnull=True, due_days__isnull=False)),
                name="due_rule_has_its_value",
            ),
            models.CheckConstraint(
                condition=Q(starts=Starts.FIXED, starts_on__isnull=False)
                | (~Q(starts=Starts.FIXED) & Q(starts_on__isnull=True)),
                name="start_rule_has_its_value",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("assigned_on")),
                name="assignment_due_not_past",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {date_format(self.assigned_on, 'SHORT_DATE_FORMAT')}"


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def active(self) -> Self:
        """Of people who are on their way."""
        return self.filter(completed_at=None, left_at=None, exempted_at=None)

    def with_kind(self, kind: str) -> Self:
        """Of programmes whose version has an item of the kind."""
        items = Item.objects.filter(
            kind=kind,
            stage__programme=models.OuterRef("assignment__programme"),
            stage__version=models.OuterRef("assignment__programme_version"),
        )
        return self.filter(models.Exists(items))

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class ItemSession(models.Model):
    """The session that was planned for an item of the kind class, for everybody with the same start."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="sessions", db_index=False)
    starts_on = models.DateField()
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="item_link")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "starts_on"], name="one_session_a_start")]


PARTICIPATION_WORDS = {
    "completed": pgettext_lazy("participation", "Completed"),
    "exempted": _("Exempted"),
    "left": _("Left the audience"),
    "later": pgettext_lazy("participation", "Starts later"),
    "active": pgettext_lazy("participation", "On the way"),
}


@pghistory.track(
    pghistory.UpdateEvent("corrected", condition=pghistory.AnyChange("extended_to", "left_at", "exempted_at"))
)
class Participation(Stamped):
    """A person in an assignment: from which day the stages count, and how it ended.

    `extended_to` is the day that HR gave instead of the computed one. Who is exempted stays so.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="participations", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="participations")
    joined_on = models.DateField()
    starts_on = models.DateField()
    extended_to = models.DateField(null=True)
    completed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_reason = models.CharField(max_length=200, blank=True, db_default="")
    exempted_at = models.DateTimeField(null=True)
    exempted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    exempt_reason = models.CharField(max_length=200, blank=True, db_default="")

    objects = ParticipationQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["assignment", "person"], name="one_participation_a_person")]

    @property
    def is_over(self) -> bool:
        return bool(self.completed_at or self.left_at or self.exempted_at)

    def state(self, today: date) -> str:
        """One of completed, exempted, left, later and active."""
        if self.completed_at:
            return "completed"
        if self.exempted_at:
            return "exempted"
        if self.left_at:
            return "left"
        return "later" if self.starts_on > today else "active"

    def state_words(self, today: date) -> str:
        return str(PARTICIPATION_WORDS[self.state(today)])


class DueExceptionQuerySet(models.QuerySet["DueException"]):
    def waiting(self) -> Self:
        return self.filter(resolved_at=None)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class Reason(models.TextChoices):
    DUE_IN_PAST = "due_in_past", _("The computed date has passed")
    NO_HIRE_DATE = "no_hire_date", _("No hire date is known")
    BEFORE_HIRE = "before_hire", _("It starts before the person was hired")
    TOO_SHORT = "too_short", _("Too little time for the path")
    IN_BLACKOUT = "in_blackout", _("It falls into a peak season, with no day ahead of it")
    NO_SESSION = "no_session", _("No class is known to count from")
    NO_CERTIFICATE = "no_certificate", _("No certificate that expires is held")
    ASKED = "asked", _("Decided while the person was on the way")


class Decision(models.TextChoices):
    EXTEND = "extend", pgettext_lazy("decision", "Extend")
    EXEMPT = "exempt", pgettext_lazy("decision", "Exempt")
    OVERRIDE = "override", pgettext_lazy("decision", "Give it all the same")


@tracked()
class DueException(Stamped):
    """A due date that the rule computed and that can't be met; HR extends it, exempts the person or overrides it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="exceptions")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="due_exceptions")
    computed_on = models.DateField(null=True)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    extended_to = models.DateField(_("due on"), null=True, blank=True)
    resolution = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DueExceptionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["assignment", "person"], name="one_exception_a_person")]
