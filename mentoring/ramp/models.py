"""Ramp-up (上手曲线): how long newcomers take from their first customer to what experienced colleagues do."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.core.stamps import burying, stamping
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

SETTLED = -1  # the "day" of a band over all settled days


class RampRuleQuerySet(models.QuerySet["RampRule"]):
    def current(self) -> "RampRule":
        """The one row; before HR has set anything the defaults, unsaved."""
        return self.first() or RampRule(pk=1)


@tracked(exclude=("reckoned_at",))
class RampRule(Stamped):
    """What proficient means. Days count from the first day with a customer, which is day 1.

    Percentiles count from the worse end, whether a higher or a lower figure is better. `reckoned_at` is when the ramps
    were last reckoned by the rule; that is no change of it.
    """

    metrics = ArrayField(models.CharField(max_length=40), verbose_name=_("figures that count"), default=list)
    run_days = models.PositiveSmallIntegerField(
        _("days in a row inside the band"), default=5, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    low = models.PositiveSmallIntegerField(
        _("lower end of the band (percentile)"), default=10, validators=[MinValueValidator(1), MaxValueValidator(49)]
    )
    high = models.PositiveSmallIntegerField(
        _("upper end of the band (percentile)"), default=90, validators=[MinValueValidator(51), MaxValueValidator(99)]
    )
    settled_from = models.PositiveSmallIntegerField(
        _("settled from day"), default=61, validators=[MinValueValidator(10), MaxValueValidator(365)]
    )
    horizon = models.PositiveSmallIntegerField(
        _("days that are looked at"), default=120, validators=[MinValueValidator(30), MaxValueValidator(400)]
    )
    cohort_months = models.PositiveSmallIntegerField(
        _("the band is made of people who began in the last (months)"),
        default=24,
        validators=[MinValueValidator(3), MaxValueValidator(60)],
    )
    before_days = models.PositiveSmallIntegerField(
        _("median so far (days)"), default=45, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )
    goal_days = models.PositiveSmallIntegerField(
        _("goal for the median (days)"), default=30, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )
    reckoned_at = models.DateTimeField(null=True, editable=False)

    objects = RampRuleQuerySet.as_manager()

    class Meta(Stamped.Meta):
        triggers = [stamping("reckoned_at"), burying()]
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_ramp_rule"),
            models.CheckConstraint(condition=Q(settled_from__lt=F("horizon")), name="settled_before_the_horizon"),
        ]


class RampQuerySet(models.QuerySet["Ramp"]):
    def proficient(self) -> Self:
        return self.filter(proficient_on__isnull=False)

    def in_state(self, state: str, horizon: int) -> Self:
        """`proficient`, `left` before, `beyond` the days that are looked at, or still `going`."""
        if state == "proficient":
            return self.proficient()
        others = self.filter(proficient_on=None)
        if state == "left":
            return others.filter(left=True)
        here = others.filter(left=False)
        return here.filter(days__gte=horizon) if state == "beyond" else here.filter(days__lt=horizon)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class Ramp(Stamped):
    """How far a newcomer is, reckoned from the readings every night.

    `days` is the day of proficiency, or the last day on which the person could be seen, counted from the first contact,
    which is day 1: today, the day before he or she left (then `left` is set), or the last day that the rule looks at.
    Without `proficient_on` the person is censored there. `reckoned_at` is when the row last changed.
    """

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="ramp")
    first_contact_on = models.DateField()
    proficient_on = models.DateField(null=True)
    days = models.PositiveIntegerField()
    left = models.BooleanField(default=False)
    reckoned_at = models.DateTimeField()

    objects = RampQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(proficient_on=None) | Q(proficient_on__gte=F("first_contact_on")),
                name="proficient_after_first_contact",
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="ramp_from_day_one"),
        ]
        indexes = [models.Index(fields=["first_contact_on"], name="ramp_began")]

    def state(self, horizon: int) -> str:
        """As in `RampQuerySet.in_state`."""
        if self.proficient_on:
            return "proficient"
        if self.left:
            return "left"
        return "beyond" if self.days >= horizon else "going"


class RampBand(models.Model):
    """What a cohort is judged by: percentiles of those who began in the months before it, for one figure.

    On one day of the ramp, or (`day` -1) once they are settled. `cohort` is the first day of the quarter in which the
    judged began, not those of whom the numbers are.
    """

    cohort = models.DateField()
    metric = models.CharField(max_length=40)
    day = models.SmallIntegerField()
    low = models.FloatField()
    middle = models.FloatField()
    high = models.FloatField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "metric", "day"], name="one_band_a_day")]
