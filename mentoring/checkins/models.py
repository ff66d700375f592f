"""Check-ins: the regular talks of a mentor with a mentee, planned ones and held ones."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.pairings.models import Pairing
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class Progress(models.IntegerChoices):
    STUCK = 1, _("Stuck")
    SLOW = 2, _("Slower than planned")
    PLANNED = 3, _("As planned")
    FAST = 4, _("Faster than planned")
    READY = 5, _("Ready to work alone")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def planned(self) -> Self:
        return self.filter(held_on=None)

    def held(self) -> Self:
        return self.filter(held_on__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-held_on", "-pk")

    def visible_to(self, user: User) -> Self:
        """As with pairings."""
        return self.filter(pairing__in=Pairing.objects.visible_to(user))


@tracked()
class CheckIn(Stamped):
    """One talk. A pairing has at most one that is planned, and at most one held a day: a repeat corrects it."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="checkins")
    due_on = models.DateField(pgettext_lazy("check-in", "due on"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    note = models.TextField(_("what was done"), max_length=2000, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("progress"),
        choices=Progress.choices,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["pairing"], condition=Q(held_on=None), name="one_planned_checkin"),
            models.UniqueConstraint(fields=["pairing", "held_on"], name="one_checkin_a_day"),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, progress__isnull=True)
                | Q(held_on__isnull=False, progress__gte=1, progress__lte=5),
                name="held_checkin_has_progress",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(held_on=None), name="checkin_planned_due")]

    def is_overdue(self, day: date) -> bool:
        return self.held_on is None and self.due_on < day
