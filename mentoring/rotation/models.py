"""Rotation (轮岗): offers of another team, who goes, the plan of tasks there, and what both sides say afterwards."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Audience, Competency
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.core.spans import Alone as _Alone  # under the names that its migration knows
from trainingsite.core.spans import Days as _Days
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import Department, User


class RotationState(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("rotation", "Applied")
    APPROVED = "approved", pgettext_lazy("rotation", "Approved")
    DECLINED = "declined", pgettext_lazy("rotation", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("rotation", "Withdrawn")
    FINISHED = "finished", pgettext_lazy("rotation", "Finished")
    STOPPED = "stopped", pgettext_lazy("rotation", "Stopped early")


STANDING = (RotationState.APPROVED, RotationState.FINISHED)


class RotationOfferQuerySet(models.QuerySet["RotationOffer"]):
    def open(self, day: date) -> Self:
        """Offers for which people may still apply on the day."""
        return self.filter(withdrawn_at=None, apply_by__gte=day)

    def with_taken(self) -> Self:
        """Adds how many places are given, and how many people wait for a decision."""
        taken = Count("rotations", filter=Q(rotations__state__in=STANDING), distinct=True)
        asked = Count("rotations", filter=Q(rotations__state=RotationState.APPLIED), distinct=True)
        return self.annotate(taken=taken, asked=asked)

    def visible_to(self, user: User) -> Self:
        """What is offered is no secret inside the company."""
        return self if user.is_authenticated else self.none()


@tracked()
class RotationOffer(Stamped):
    """Some weeks in another team: where, when, for how many, and who looks after them there."""

    title = models.CharField(_("title"), max_length=100)
    about = models.TextField(_("what there is to learn"), blank=True)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="rotation_offers"
    )
    host = models.ForeignKey(
        User, verbose_name=_("looked after by"), on_delete=models.PROTECT, related_name="hosted_offers"
    )
    audience = models.ForeignKey(
        Audience, verbose_name=_("for whom"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    apply_by = models.DateField(_("apply by"))
    places = models.PositiveSmallIntegerField(_("places"), default=1, validators=[MinValueValidator(1)])
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = RotationOfferQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["begins_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="rotation_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(apply_by__lte=F("begins_on")), name="rotation_applied_for_before"),
            models.CheckConstraint(condition=Q(places__gte=1), name="rotation_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def free_places(self) -> int:
        """Needs `with_taken`."""
        taken: int = self.taken  # type: ignore[attr-defined]  # annotated
        return max(0, self.places - taken)

    def get_absolute_url(self) -> str:
        return reverse("rotation-offer", args=[self.pk])


class PlannedTask(Stamped):
    """A task of the offer's plan: due so many days after the first one; 0 is the first day itself."""

    offer = models.ForeignKey(RotationOffer, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("task"), max_length=200)
    after_days = models.PositiveSmallIntegerField(_("due after (days)"), default=0)

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]


class RotationQuerySet(models.QuerySet["Rotation"]):
    def waiting(self) -> Self:
        """Applications that nobody decided on."""
        return self.filter(state=RotationState.APPLIED)

    def standing(self) -> Self:
        """Those that take a place and the days of a person."""
        return self.filter(state__in=STANDING)

    def going_on(self, day: date) -> Self:
        """Those that have begun by the day and are not finished."""
        return self.filter(state=RotationState.APPROVED, begins_on__lte=day)

    def over(self, day: date) -> Self:
        """Those whose last day has come, and that are not finished."""
        return self.filter(state=RotationState.APPROVED, ends_on__lte=day)

    def with_progress(self) -> Self:
        """Adds how many tasks there are and how many of them are done and confirmed."""
        done = Count("tasks", filter=Q(tasks__done_at__isnull=False), distinct=True)
        confirmed = Count("tasks", filter=Q(tasks__confirmed_by__isnull=False), distinct=True)
        return self.annotate(planned=Count("tasks", distinct=True), done=done, confirmed=confirmed)

    def visible_to(self, user: User) -> Self:
        """Whose records one sees, and those whom one looks after."""
        seen = records_seen_by(user)
        return self.filter(seen | Q(host=user.pk)) if seen else self  # an empty condition sees all


@tracked()
class Rotation(Stamped):
    """A person's weeks in another team, from the application to the evaluation."""

    offer = models.ForeignKey(RotationOffer, on_delete=models.PROTECT, related_name="rotations")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="rotations")
    wish = models.CharField(_("why I want to go"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=RotationState.choices, default=RotationState.APPLIED)
    applied_at = models.DateTimeField()
    host = models.ForeignKey(User, on_delete=models.PROTECT, related_name="hosted_rotations")
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(_("reason"), max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True)

    objects = RotationQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["-applied_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "person"],
                condition=Q(state__in=["applied", "approved", "finished"]),
                name="one_rotation_an_offer",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="rotation_lasts_a_day"),
            models.CheckConstraint(condition=~Q(host=F("person")), name="rotation_hosted_by_another"),
            ExclusionConstraint(
                name="one_rotation_at_a_time",
                expressions=[
                    (_Alone("person"), RangeOperators.OVERLAPS),
                    (_Days("begins_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["approved", "finished"]),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("rotation", args=[self.pk])


@tracked()
class RotationTask(Stamped):
    """Something to do there, and that it was done."""

    rotation = models.ForeignKey(Rotation, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("task"), max_length=200)
    due_on = models.DateField(_("due on"))
    done_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Stamped.Meta):
        ordering = ["due_on", "position", "pk"]


class RotationEvaluation(Stamped):
    """What the host says of the person, or the person of the weeks: each once."""

    class Side(models.TextChoices):
        HOST = "host", pgettext_lazy("rotation", "By the host")
        PERSON = "person", pgettext_lazy("rotation", "By the person")

    rotation = models.ForeignKey(Rotation, on_delete=models.CASCADE, related_name="evaluations")
    side = models.CharField(max_length=8, choices=Side.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("evaluation"))
    stars = models.PositiveSmallIntegerField(_("overall"), null=True, blank=True, help_text="1 to 5.")

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["rotation", "side"], name="one_evaluation_a_side"),
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__range=(1, 5)), name="evaluation_one_to_five"),
        ]


class RotationScore(models.Model):
    """How good the host found the person at a competency, in percent; evidence for the rating."""

    evaluation = models.ForeignKey(RotationEvaluation, on_delete=models.CASCADE, related_name="scores")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "competency"], name="one_score_a_competency"),
            models.CheckConstraint(condition=Q(score__range=(0, 100)), name="rotation_score_in_percent"),
        ]
