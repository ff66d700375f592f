"""Check-ins: the regular talks of a mentor with a mentee, planned ones and held ones."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.job_plans.models import Side
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

    def of(self, user: User) -> Self:
        """Those in which the user is one of the two."""
        return self.filter(Q(pairing__mentor=user.pk) | Q(pairing__mentee=user.pk))

    def visible_to(self, user: User) -> Self:
        """As with pairings."""
        return self.filter(pairing__in=Pairing.objects.visible_to(user))


@tracked(exclude=("note", "mentee_note"))
class CheckIn(Stamped):
    """One talk. A pairing has at most one that is planned, and at most one held a day: a repeat corrects it.

    `note` is the mentor's own and `mentee_note` the mentee's own: nobody else ever reads them, so that the trail of
    changes leaves them out. `wanted_on` is another day that one of the two has asked for and the other has yet to
    agree to.
    """

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="checkins")
    due_on = models.DateField(pgettext_lazy("check-in", "due on"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    note = models.TextField(_("the mentor's own note"), max_length=2000, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("progress"),
        choices=Progress.choices,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    shared_note = models.TextField(_("note for both"), max_length=2000, blank=True)
    mentee_note = models.TextField(_("the mentee's own note"), max_length=2000, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    wanted_on = models.DateField(_("another day asked for"), null=True, editable=False)
    wanted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    wanted_why = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, editable=False)  # when HR was told last that it was missed

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
            models.CheckConstraint(
                condition=Q(wanted_on=None, wanted_by=None)
                | Q(wanted_on__isnull=False, wanted_by__isnull=False, held_on=None),
                name="another_day_asked_for_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(held_on=None), name="checkin_planned_due")]

    def is_overdue(self, day: date) -> bool:
        return self.held_on is None and self.due_on < day


@tracked()
class AgendaItem(Stamped):
    """Something that one of the two wants to talk about; `talked_at` is when it was ticked off."""

    checkin = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="agenda")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # nobody: the plan suggests it
    text = models.CharField(pgettext_lazy("agenda", "topic"), max_length=200)
    talked_at = models.DateTimeField(null=True)

    class Meta(Stamped.Meta):
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["checkin", "text"], name="agenda_item_once")]

    def __str__(self) -> str:
        return self.text


class NextStepQuerySet(models.QuerySet["NextStep"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def visible_to(self, user: User) -> Self:
        """As with pairings."""
        return self.filter(checkin__pairing__in=Pairing.objects.visible_to(user))


@tracked()
class NextStep(Stamped):
    """What one of the two does until the next check-in."""

    checkin = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="next_steps")
    side = models.CharField(pgettext_lazy("check-in", "who"), max_length=6, choices=Side.choices, default=Side.MENTEE)
    text = models.CharField(_("next step"), max_length=300)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = NextStepQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["pk"]
