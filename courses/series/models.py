"""What sessions are planned from: series that come again, and templates."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.curriculum.models import Course
from courses.instructors.models import Instructor
from courses.rooms.models import Room
from courses.topics.models import Topic
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class SessionKind(models.TextChoices):
    CLASS = "class", pgettext_lazy("session", "Class")
    WORKSHOP = "workshop", pgettext_lazy("session", "Workshop")
    TEAM = "team", pgettext_lazy("session", "Team activity")
    REVIEW = "review", pgettext_lazy("session", "Review meeting")
    ROLEPLAY = "roleplay", pgettext_lazy("session", "Role-play assessment")


class Entry(models.TextChoices):
    """How people come by a seat."""

    ASSIGNED = "assigned", pgettext_lazy("session", "Seats are assigned")
    SIGN_UP = "sign_up", pgettext_lazy("session", "People sign up")


@tracked()
class Series(Stamped):
    """Sessions that come again by an RFC 5545 rule from the day of the first; each of them can be changed alone."""

    title = models.CharField(_("title"), max_length=100)
    rrule = models.CharField(_("recurrence"), max_length=200)
    starts_on = models.DateField(_("first day"))
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta(Stamped.Meta):
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.pk])


class SessionTemplateQuerySet(models.QuerySet["SessionTemplate"]):
    def in_use(self) -> Self:
        """Those that can be planned from, by title."""
        return self.filter(retired_at=None).order_by("title", "pk")


@tracked()
class SessionTemplate(Stamped):
    """What a session consists of, without a time; `feedback` is the key of what is asked afterwards."""

    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(
        pgettext_lazy("session", "kind"), max_length=10, choices=SessionKind.choices, default=SessionKind.CLASS
    )
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agenda = models.TextField(_("agenda"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    room = models.ForeignKey(
        Room, verbose_name=_("room"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    join_url = models.URLField(_("link to join"), max_length=300, blank=True)
    instructors = models.ManyToManyField(Instructor, verbose_name=_("instructors"), blank=True, related_name="+")
    entry = models.CharField(_("how people get in"), max_length=10, choices=Entry.choices, default=Entry.ASSIGNED)
    capacity = models.PositiveSmallIntegerField(_("capacity"), null=True, blank=True)
    minimum = models.PositiveSmallIntegerField(_("minimum number"), null=True, blank=True)
    feedback = models.CharField(max_length=40, blank=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = SessionTemplateQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(10, 600)), name="template_minutes_in_range"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(minimum=None) | Q(minimum__lte=models.F("capacity")),
                name="template_minimum_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.title
