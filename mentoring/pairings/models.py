"""Pairings: a mentor guides a newcomer for a time, towards a goal."""

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.job_plans.models import JobPlan
from trainingsite.core.facts import fact
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.core.spans import Alone, DaysUntil
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class EndReason(models.TextChoices):
    REACHED = "reached", _("Goal reached")
    CHANGED = "changed", _("Change of mentor")
    MOVED = "moved", _("Transferred")
    LEFT = "left", pgettext_lazy("pairing", "Left the company")
    OTHER = "other", pgettext_lazy("pairing", "Other reason")


class PairingQuerySet(models.QuerySet["Pairing"]):
    def open(self) -> Self:
        return self.filter(ended_on=None)

    def ended(self) -> Self:
        return self.filter(ended_on__isnull=False)

    def not_called_off(self) -> Self:
        """Without those that ended before they had a day."""
        return self.exclude(ended_on=F("started_on"))

    def with_next_checkin(self) -> Self:
        """Adds `next_due_on` and `next_checkin` (its id); at most one is planned, so that no row is doubled."""
        planned = FilteredRelation("checkins", condition=Q(checkins__held_on=None))
        return self.alias(planned=planned).annotate(next_due_on=F("planned__due_on"), next_checkin=F("planned__pk"))

    def overdue(self, day: date) -> Self:
        """Open pairings whose planned check-in was due before `day`."""
        return self.open().with_next_checkin().filter(next_due_on__lt=day)

    def unagreed(self) -> Self:
        """Open pairings to whose goals and dates not both have agreed."""
        return self.open().filter(Q(mentor_agreed_at=None) | Q(mentee_agreed_at=None))

    def past_end(self, day: date) -> Self:
        """Open pairings whose planned end was before `day`."""
        return self.open().filter(planned_end__lt=day)

    def by_need(self) -> Self:
        """The one whose check-in is due first comes first; without one last. Needs `with_next_checkin`."""
        return self.order_by(F("next_due_on").asc(nulls_last=True), "pk")

    def visible_to(self, user: User) -> Self:
        """Those of the people whose records the user sees, and the user's own as mentor, past ones too."""
        seen = records_seen_by(user, "mentee")
        return self.filter(seen | Q(mentor=user.pk)) if seen else self  # an empty condition sees all


@tracked()
class Pairing(Stamped):
    """A mentor and a mentee from one day to another; the database knows one open pairing for a mentee."""

    mentor = models.ForeignKey(User, verbose_name=_("mentor"), on_delete=models.PROTECT, related_name="guided_pairings")
    mentee = models.ForeignKey(User, verbose_name=_("mentee"), on_delete=models.PROTECT, related_name="pairings")
    plan = models.ForeignKey(
        JobPlan, verbose_name=_("on-the-job plan"), on_delete=models.PROTECT, null=True, related_name="pairings"
    )
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    started_on = models.DateField(_("started on"))
    planned_end = models.DateField(_("planned until"), null=True, blank=True)
    mentor_agreed_at = models.DateTimeField(null=True, editable=False)
    mentee_agreed_at = models.DateTimeField(null=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=10, choices=EndReason.choices, blank=True)
    end_note = models.CharField(_("note"), max_length=300, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["mentee"], condition=Q(ended_on=None), name="one_open_pairing"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_mentors_himself"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("started_on")) & ~Q(end_reason="")),
                name="pairing_ends_after_start_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(planned_end=None) | Q(planned_end__gte=F("started_on")), name="pairing_planned_to_last"
            ),
            ExclusionConstraint(
                name="one_pairing_at_a_time",
                expressions=[
                    (Alone("mentee"), RangeOperators.OVERLAPS),
                    (DaysUntil("started_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["mentor"], condition=Q(ended_on=None), name="pairing_open_of_mentor"),
            models.Index(fields=["-started_on", "-id"], name="pairing_newest"),
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def goes_by_plan(self) -> bool:
        """Whether a plan is being worked through, which graduation ends."""
        return self.plan is not None and self.plan.is_open

    @property
    def is_agreed(self) -> bool:
        """Whether both have agreed on the goals and dates as they stand."""
        return self.mentor_agreed_at is not None and self.mentee_agreed_at is not None


@tracked()
class PairingGoal(Stamped):
    """One of the goals that both agreed on, and by when."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("goal"), max_length=200)
    by_day = models.DateField(_("by"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta(Stamped.Meta):
        ordering = ["by_day", "position", "pk"]


@fact
class Extension(Stamped):
    """That a pairing and its plan were given more time, and why; never changed."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="extensions")
    before = models.DateField()
    after = models.DateField()
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Stamped.Meta):
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(after__gt=F("before")), name="extension_is_longer")]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_extension", operation=pgtrigger.Update)]
