"""Ratings: what shows how good a person is at a competency (evidence), the rule that derives the level, the level.

Evidence and rules are facts and are never changed. A level is derived from them, never typed, so it can be derived
again for any past day and comes out the same.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from courses.competencies.models import MOST_LEVELS
from courses.models import Competency
from trainingsite.core.days import company_day
from trainingsite.core.facts import fact
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

MARK = "#"  # between the key of an event and which time it was recorded


class RatingRuleQuerySet(models.QuerySet["RatingRule"]):
    def in_force(self, at: datetime) -> Self:
        """The rule that counts at the moment comes first: the last to begin by then. No rule is made for the past.

        Where none had begun yet, the first one there is counts.
        """
        day = company_day(at)
        begun = Q(valid_from__lt=day) | Q(valid_from=day, created_at__lte=at)
        since = Case(When(begun, then=F("valid_from")))
        last = Case(When(begun, then=-F("number")), default=F("number"), output_field=models.IntegerField())
        return self.order_by(since.desc(nulls_last=True), last)


@fact
class RatingRule(Stamped):
    """How levels are derived, from a day on; a later rule counts instead of it.

    The score is the weighted mean of the evidence of the last `window_days`; a piece weighs its source's weight times
    0.5 ^ (age in days / `half_life_days`). `bands` has, for a competency of so many levels, the least score of each
    level, lowest first. A level is given from `fewest` pieces on, or one that a person assessed.
    """

    number = models.PositiveIntegerField(unique=True)
    valid_from = models.DateField(_("valid from"))
    window_days = models.PositiveSmallIntegerField(_("evidence of the last (days)"), default=365)
    half_life_days = models.PositiveSmallIntegerField(_("half-life (days)"), default=180)
    fewest = models.PositiveSmallIntegerField(_("fewest pieces of evidence"), default=2)
    person_suffices = models.BooleanField(_("one piece assessed by a person is enough"), default=True)
    source_weights: models.JSONField[Any, Any] = models.JSONField(help_text="{source: weight}; a missing one weighs 1.")
    bands: models.JSONField[Any, Any] = models.JSONField(help_text="{number of levels: [least score of each level]}")
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RatingRuleQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(window_days__gte=1, half_life_days__gte=1, fewest__gte=1), name="rating_rule_counts"
            ),
        ]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_rule", operation=pgtrigger.Update)]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def known(self, at: datetime) -> Self:
        """What was recorded by that moment and not voided by then."""
        voided = EvidenceVoid.objects.filter(evidence=OuterRef("pk"), recorded_at__lte=at)
        return self.filter(~Exists(voided), recorded_at__lte=at)

    def standing(self) -> Self:
        """What was never voided."""
        return self.filter(void=None)

    def of_events(self, events: Collection[str]) -> Self:
        """What was recorded of these events, each with its `event`: the key without how often it was recorded."""
        key = Func(F("key"), Value(MARK), Value(1), function="split_part", output_field=models.CharField())
        return self.annotate(event=key).filter(Q(event__in=events))

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@fact
class Evidence(Stamped):
    """One thing that showed how good a person was at a competency: `score` in percent, at the moment it happened.

    `source` is a key of `SOURCES`; `key` names the event in it, so that nothing counts twice. `by` is the person who
    assessed it, if one did: never the person it is about. `title` says what it was, as it was called then.
    """

    event: str  # added by `of_events`

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="evidence", db_index=False)
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="evidence")
    source = models.CharField(max_length=24)
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    score = models.DecimalField(_("score (%)"), max_digits=5, decimal_places=2)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "competency", "source", "key"], name="evidence_once_an_event"),
            models.CheckConstraint(condition=Q(score__range=(0, 100)), name="evidence_score_in_percent"),
            models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name="evidence_not_from_the_future"),
            models.CheckConstraint(condition=Q(by=None) | ~Q(by=F("person")), name="evidence_not_of_oneself"),
        ]
        indexes = [
            models.Index(fields=["person", "competency", "-at"], name="evidence_of_person"),
            models.Index(fields=["at"], name="evidence_at"),
        ]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_evidence", operation=pgtrigger.Update)]


@fact
class EvidenceVoid(Stamped):
    """That a piece of evidence counts no more from `recorded_at` on; before, it did."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="void")
    recorded_at = models.DateTimeField(db_default=Now())
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta(Stamped.Meta):
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_void", operation=pgtrigger.Update)]


class CurrentLevelQuerySet(models.QuerySet["CurrentLevel"]):
    def lapsing(self, day: date) -> Self:
        """Those whose oldest piece of evidence falls out of the window on the day, or did before."""
        return self.filter(lapses_on__lte=day)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class CurrentLevel(Stamped):
    """What the rule gives today. All pieces fade alike, so it changes only when one comes, goes or is too old.

    `level` is None while there is too little evidence, and `score` when there is none at all.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="levels", db_index=False)
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="levels_of_people")
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    level = models.PositiveSmallIntegerField(null=True)
    pieces = models.PositiveIntegerField(default=0)
    assessed = models.PositiveIntegerField(default=0, help_text="How many of the pieces a person assessed.")
    lapses_on = models.DateField(null=True, help_text="The first day on which its oldest piece counts no more.")
    rule = models.ForeignKey(RatingRule, on_delete=models.PROTECT, related_name="+", db_index=False)
    derived_at = models.DateTimeField()

    objects = CurrentLevelQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "competency"], name="one_level_a_competency"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, MOST_LEVELS), score__isnull=False), name="level_has_score"
            ),
        ]
        indexes = [
            models.Index(fields=["competency", "level"], name="level_of_competency"),
            models.Index(fields=["lapses_on"], condition=Q(lapses_on__isnull=False), name="level_lapses"),
        ]


@fact
class LevelChange(Stamped):
    """That a person's level became another one, and why; what points, notices and the person's history rest on."""

    class Why(models.TextChoices):
        EVIDENCE = "evidence", _("new evidence")
        VOID = "void", _("evidence was voided")
        AGE = "age", _("evidence became too old")
        RULE = "rule", _("the rule changed")

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="level_changes", db_index=False)
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="+", db_index=False)
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=10, choices=Why.choices)
    at = models.DateTimeField()

    class Meta(Stamped.Meta):
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "competency", "-at"], name="level_change_of_person")]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_change", operation=pgtrigger.Update)]
