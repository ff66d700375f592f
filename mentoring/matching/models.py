"""Rounds of matching: who needs a mentor, who has room, what counts, and what was proposed."""

from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.acts import MATCH, READ_MENTORING
from mentoring.job_plans.models import JobPlanTemplate
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User

WEIGHT = [MaxValueValidator(100)]


class RoundState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("matching", "Draft")
    CONFIRMED = "confirmed", pgettext_lazy("matching", "Confirmed")
    DISCARDED = "discarded", pgettext_lazy("matching", "Discarded")


class DepartmentRule(models.TextChoices):
    ANY = "any", pgettext_lazy("matching", "Any department")
    SAME = "same", pgettext_lazy("matching", "The same department")
    OTHER = "other", pgettext_lazy("matching", "Another department")


class PastRule(models.TextChoices):
    ALLOW = "allow", pgettext_lazy("matching", "May be paired again")
    AVOID = "avoid", pgettext_lazy("matching", "Never the same two again")


class Criteria(models.Model):
    """What must hold between two people, and how much each thing that speaks for a pair weighs."""

    departments = models.CharField(
        _("departments"), max_length=5, choices=DepartmentRule.choices, default=DepartmentRule.ANY
    )
    past_pairings = models.CharField(
        _("pairs of the past"), max_length=5, choices=PastRule.choices, default=PastRule.AVOID
    )
    shared_shift = models.BooleanField(_("they share a shift"), default=True)
    shared_language = models.BooleanField(_("they share a language"), default=False)
    gaps = models.PositiveSmallIntegerField(_("strong where the mentee has gaps"), default=40, validators=WEIGHT)
    load = models.PositiveSmallIntegerField(_("even load"), default=20, validators=WEIGHT)
    wishes = models.PositiveSmallIntegerField(_("wishes of both"), default=20, validators=WEIGHT)
    closeness = models.PositiveSmallIntegerField(_("close in the organisation"), default=10, validators=WEIGHT)
    merit = models.PositiveSmallIntegerField(_("experience and rating"), default=10, validators=WEIGHT)

    class Meta:
        abstract = True


class MatchingRoundQuerySet(models.QuerySet["MatchingRound"]):
    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def visible_to(self, user: User) -> Self:
        """Rounds are HR's common work, read by clients too; supervisors see the pairings that come of them."""
        return self if user.may(MATCH) or user.may(READ_MENTORING) else self.none()


@tracked()
class MatchingRound(Stamped, Criteria):
    """One matching, from the choice of people to the pairings that were made of it."""

    title = models.CharField(_("title"), max_length=100)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    starts_on = models.DateField(_("pairings begin on"))
    template = models.ForeignKey(
        JobPlanTemplate,
        verbose_name=_("on-the-job plan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    best = models.DecimalField(max_digits=12, decimal_places=4, null=True)  # the total of the best solution
    solved_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = MatchingRoundQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(gaps__gt=0) | Q(load__gt=0) | Q(wishes__gt=0) | Q(closeness__gt=0) | Q(merit__gt=0),
                name="something_counts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("matching-round", args=[self.pk])


@tracked()
class RoundMentor(Stamped):
    """A mentor in the pool of a round, with the places offered there."""

    round = models.ForeignKey(MatchingRound, on_delete=models.CASCADE, related_name="pool")
    mentor = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    places = models.PositiveSmallIntegerField(_("places"))

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["round", "mentor"], name="mentor_once_a_round")]


@tracked(exclude=("score", "parts", "reason"))
class Match(Stamped):
    """A mentee of a round and the mentor proposed, or why there is none.

    `parts` holds what the score (0 to 100) is made of, `reason` why somebody is left over; HR fixes a match by hand.
    They tell what people wished of each other, which HR alone reads, so that the trail of changes leaves them out.
    """

    round = models.ForeignKey(MatchingRound, on_delete=models.CASCADE, related_name="matches")
    mentee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    is_fixed = models.BooleanField(_("by hand"), default=False)
    score = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    parts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    reason: models.JSONField[Any, Any] = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)  # why it could not be confirmed, when it was tried
    pairing = models.ForeignKey("mentoring.Pairing", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(Stamped.Meta):
        ordering = ["mentee__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "mentee"], name="mentee_once_a_round")]
