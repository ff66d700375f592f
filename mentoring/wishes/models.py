"""Whom people would like to be paired with, and who is never paired."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.job_plans.models import Side
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class Wish(Stamped):
    """Whom somebody would like as a mentor or mentee (rank 1 first), or would rather not have (rank 0).

    Seen by the person and by HR alone.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mentoring_wishes")
    other = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)  # which side the person is on
    rank = models.PositiveSmallIntegerField()

    class Meta(Stamped.Meta):
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "other", "side"], name="wish_once"),
            models.UniqueConstraint(fields=["person", "side", "rank"], condition=Q(rank__gt=0), name="one_wish_a_rank"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="wish_for_another"),
            models.CheckConstraint(condition=Q(rank__range=(0, 3)), name="wish_rank"),
        ]


class KeepApartQuerySet(models.QuerySet["KeepApart"]):
    def visible_to(self, user: User) -> Self:
        """Where the user sees the records of both."""
        return self.filter(records_seen_by(user, "one")).filter(records_seen_by(user, "other"))


@tracked()
class KeepApart(Stamped):
    """Two people who are never paired: relatives, or for another reason that HR knows. `one` has the smaller id."""

    class Reason(models.TextChoices):
        RELATIVES = "relatives", pgettext_lazy("keep apart", "Relatives")
        OTHER = "other", pgettext_lazy("keep apart", "Another reason")

    one = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = KeepApartQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="kept_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="kept_apart_smaller_first"),
        ]
