"""Ability points (能力积分): an append-only ledger, and the rules by which events earn them."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessments.profiles.models import ProfileVersion
from courses.models import Competency
from trainingsite.core.facts import fact
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

MOST_POINTS = 10_000


@fact
class PointRule(Stamped):
    """What an event earns, from a day on; a later rule of the same event counts instead of it. 0 points: nothing.

    Points halve every `half_life_days`; None is never.
    """

    event = models.CharField(_("event"), max_length=24, help_text="A key of EVENTS.")
    number = models.PositiveIntegerField()
    points = models.PositiveSmallIntegerField(_("points"))
    half_life_days = models.PositiveSmallIntegerField(_("half-life (days)"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta(Stamped.Meta):
        ordering = ["event", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_point_rule_by_number"),
            models.CheckConstraint(condition=Q(points__lte=MOST_POINTS), name="point_rule_not_too_many"),
            models.CheckConstraint(
                condition=Q(half_life_days=None) | Q(half_life_days__gte=1), name="point_rule_half_life"
            ),
        ]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_rule", operation=pgtrigger.Update)]


class PointEntryQuerySet(models.QuerySet["PointEntry"]):
    def known(self, at: datetime) -> Self:
        """What stood in the ledger at that moment."""
        return self.filter(recorded_at__lte=at)

    def newest_first(self) -> Self:
        return self.order_by("-recorded_at", "-pk")

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@fact
class PointEntry(Stamped):
    """Points for one event, with all they were reckoned from; never changed, void only by a counter-entry.

    `points` are the rule's times `factor`: the share of the competency in the person's role profile (`weights`, its
    version then) against an even share, or 1 where there is no profile. A counter-entry has the negative points and the
    moment of the entry it voids, so that both fade alike and their sum is nothing.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="point_entries", db_index=False)
    event = models.CharField(max_length=24)
    key = models.CharField(max_length=100, help_text="Names the event, so that it earns points once.")
    title = models.CharField(max_length=200, help_text="What it was for, as it was called then.")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    points = models.DecimalField(max_digits=8, decimal_places=2)
    factor = models.DecimalField(max_digits=6, decimal_places=3, default=1)
    half_life_days = models.PositiveSmallIntegerField(null=True)
    rule = models.ForeignKey(PointRule, on_delete=models.PROTECT, null=True, related_name="entries", db_index=False)
    weights = models.ForeignKey(ProfileVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    counter_of = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="counter")

    objects = PointEntryQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event", "key"], condition=Q(counter_of=None), name="points_once_an_event"
            ),
            models.CheckConstraint(
                condition=Q(counter_of=None, points__gt=0) | Q(counter_of__isnull=False, points__lt=0),
                name="only_counter_entries_are_negative",
            ),
            models.CheckConstraint(condition=Q(counter_of=None) | ~Q(reason=""), name="counter_entry_says_why"),
            models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name="points_not_from_the_future"),
            models.CheckConstraint(condition=Q(by=None) | ~Q(by=F("person")), name="points_not_to_oneself"),
        ]
        indexes = [models.Index(fields=["person", "-recorded_at"], name="points_of_person")]
        triggers = [
            *Stamped.Meta.triggers,
            pgtrigger.Protect(name="keep_entry", operation=pgtrigger.Update),
        ]
