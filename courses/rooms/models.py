"""Rooms in which sessions take place."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped


class RoomQuerySet(models.QuerySet["Room"]):
    def in_use(self) -> Self:
        """Rooms that can be planned, by name."""
        return self.filter(retired_at=None).order_by("building", "name", "pk")


@tracked()
class Room(Stamped):
    """A room of the company; one that is given up stays with the sessions that were held in it."""

    name = models.CharField(_("name"), max_length=60)
    building = models.CharField(_("building"), max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField(pgettext_lazy("room", "seats"), null=True, blank=True)
    equipment = models.CharField(_("equipment"), max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = RoomQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(Lower("name"), Lower("building"), name="one_room_of_a_name"),
            models.CheckConstraint(condition=Q(seats=None) | Q(seats__gte=1), name="room_has_a_seat"),
        ]

    def __str__(self) -> str:
        return self.name
