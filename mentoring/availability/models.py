"""When people are there and what they speak: usual shifts, languages, and days away."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.core.spans import Alone, Days
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class Shift(models.TextChoices):
    DAY = "day", pgettext_lazy("availability", "Day shift")
    EARLY = "early", pgettext_lazy("availability", "Early shift")
    LATE = "late", pgettext_lazy("availability", "Late shift")
    NIGHT = "night", pgettext_lazy("availability", "Night shift")
    WEEKEND = "weekend", pgettext_lazy("availability", "Weekend shift")


class Speech(models.TextChoices):
    """Languages spoken with customers, by their ISO 639 codes."""

    MANDARIN = "cmn", pgettext_lazy("speech", "Mandarin")
    CANTONESE = "yue", pgettext_lazy("speech", "Cantonese")
    ENGLISH = "eng", pgettext_lazy("speech", "English")
    JAPANESE = "jpn", pgettext_lazy("speech", "Japanese")
    KOREAN = "kor", pgettext_lazy("speech", "Korean")


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@tracked()
class Availability(Stamped):
    """The shifts that a person usually works and the languages he or she speaks; nothing known is an empty list."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="availability")
    shifts = ArrayField(
        models.CharField(max_length=8, choices=Shift.choices), verbose_name=_("usual shifts"), default=list, blank=True
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=Speech.choices), verbose_name=_("languages"), default=list, blank=True
    )

    objects = AvailabilityQuerySet.as_manager()

    class Meta(Stamped.Meta):
        pass


class AwayQuerySet(models.QuerySet["Away"]):
    def on(self, day: date) -> Self:
        return self.filter(first_day__lte=day, last_day__gte=day)

    def not_over(self, day: date) -> Self:
        return self.filter(last_day__gte=day)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@tracked()
class Away(Stamped):
    """Days on which a person does not guide or is not guided: leave, a business trip, a course."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="days_away")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=100, blank=True)

    objects = AwayQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="away_for_a_day"),
            ExclusionConstraint(
                name="away_once_at_a_time",
                expressions=[
                    (Alone("person"), RangeOperators.OVERLAPS),
                    (Days("first_day", "last_day"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
