"""Mentors: who guides newcomers, in which topics, and how many at a time."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models import Competency
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

MAX_CAPACITY = 10
OPEN_PAIRINGS = Q(person__guided_pairings__ended_on=None)


class MentorProfileQuerySet(models.QuerySet["MentorProfile"]):
    def active(self, on: date) -> Self:
        """Mentors who take part and work here on the day."""
        return self.filter(
            Q(person__left_on__isnull=True) | Q(person__left_on__gt=on), is_active=True, person__is_active=True
        )

    def with_load(self) -> Self:
        """Adds `load`, the number of people whom the mentor guides now."""
        return self.annotate(load=models.Count("person__guided_pairings", filter=OPEN_PAIRINGS, distinct=True))

    def with_room(self) -> Self:
        """Mentors who can take one more; adds `load`."""
        return self.with_load().filter(load__lt=F("capacity"))

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@tracked()
class MentorProfile(Stamped):
    """That a person guides newcomers: the topics he or she is strong in and how many mentees at a time."""

    person = models.OneToOneField(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="mentor_profile"
    )
    competencies = models.ManyToManyField(
        Competency, verbose_name=_("guides in"), through="MentorCompetency", related_name="mentors", blank=True
    )
    capacity = models.PositiveSmallIntegerField(
        _("mentees at a time"), default=3, validators=[MinValueValidator(1), MaxValueValidator(MAX_CAPACITY)]
    )
    is_active = models.BooleanField(_("takes mentees"), default=True)
    experience = models.TextField(_("experience"), max_length=1000, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = MentorProfileQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=MAX_CAPACITY), name="mentor_capacity")
        ]

    def __str__(self) -> str:
        return self.person.name


@tracked()
class MentorCompetency(Stamped):
    """Something that the mentor guides in, whatever the measured level; HR says so."""

    profile = models.ForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="guides_in")
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="+")

    class Meta(Stamped.Meta):
        ordering = ["competency__group__position", "competency__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["profile", "competency"], name="mentor_competency_once")]
