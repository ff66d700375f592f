"""Rooms in which sessions take place."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped


class RoomQuerySet(models.QuerySet["Room"]):
    def in_use(self) -> Self:
        """Rooms that can be planned, by name."""
        return self.filter(retired_at=None).order_by("building", "name", "pk")

    def with_hours(self, first: date, last: date) -> Self:
        """Adds how long standing sessions take each in these days, as `booked`, and how many as `held`."""
        begin, end = timezone.make_aware(datetime.combine(first, time.min)), _after(last)
        inside = Q(sessions__cancelled_at=None, sessions__starts_at__gte=begin, sessions__starts_at__lt=end)
        length = F("sessions__ends_at") - F("sessions__starts_at")
        return self.annotate(booked=Sum(length, filter=inside), held=Count("sessions", filter=inside))


def _after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@tracked()
class Room(Stamped):
    """A room of the company; one that is given up stays with the sessions that were held in it."""

    name = models.CharField(_("name"), max_length=60)
    building = models.CharField(_("building"), max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField(pgettext_lazy("room", "seats"), null=True, blank=True)
    equipment = models.CharField(_("equipment"), max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    booked: timedelta | None  # added by `with_hours`
    held: int

    objects = RoomQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(Lower("name"), Lower("building"), name="one_room_of_a_name"),
            models.CheckConstraint(condition=Q(seats=None) | Q(seats__gte=1), name="room_has_a_seat"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("room", args=[self.pk])
