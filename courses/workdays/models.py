"""Days on which the company rests or works other than the calendar says."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import READ_LEARNING, VIEW_PLANS
from courses.workdays.regions import FIRST_YEAR, LAST_YEAR, Region
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class DayKind(models.TextChoices):
    OFF = "off", pgettext_lazy("company day", "Day off")
    WORK = "work", pgettext_lazy("company day", "Working day")


class CompanyDayQuerySet(models.QuerySet["CompanyDay"]):
    def between(self, first: date, last: date) -> Self:
        """The days from `first` to `last`, in the order of the calendar."""
        return self.filter(day__gte=first, day__lte=last).order_by("day", "region", "pk")

    def visible_to(self, user: User) -> Self:
        """Everybody sees them in the calendar; the list is for those who plan, audit or copy it."""
        return self if user.may(VIEW_PLANS) or user.may(READ_LEARNING) else self.none()

    def of_region(self, region: str) -> Self:
        """What holds in the region: its own days and those of the whole company."""
        return self.filter(region__in=("", region))


@tracked()
class CompanyDay(Stamped):
    """A day that HR declared: off (the company's birthday) or worked (a weekend before a peak season).

    A blank region is the whole company; a region's own entry goes before it, and both before the public holidays.
    """

    day = models.DateField(_("day"))
    region = models.CharField(_("region"), max_length=2, blank=True, choices=Region.choices)
    kind = models.CharField(
        pgettext_lazy("company day", "kind"), max_length=4, choices=DayKind.choices, default=DayKind.OFF
    )
    name = models.CharField(_("name"), max_length=60)

    objects = CompanyDayQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["day", "region"], name="one_company_day_a_region"),
            models.CheckConstraint(
                condition=Q(day__range=(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))), name="company_day_in_reach"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def off(self) -> bool:
        return self.kind == DayKind.OFF
