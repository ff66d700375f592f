"""Mentors: who guides newcomers, in which competencies, and how many at a time."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.models import Competency
from mentoring.availability.reading import away
from mentoring.evaluations.models import FEWEST_RATINGS, Evaluation
from mentoring.guidance.certificates import holds
from mentoring.guidance.models import GuidanceRule
from mentoring.pairings.models import EndReason, Pairing
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

MAX_CAPACITY = 10


class MentorProfileQuerySet(models.QuerySet["MentorProfile"]):
    def active(self, on: date) -> Self:
        """Mentors who take part and work here on the day."""
        return self.filter(
            Q(person__left_on__isnull=True) | Q(person__left_on__gt=on), is_active=True, person__is_active=True
        )

    def with_load(self) -> Self:
        """Adds `load`, the number of people whom the mentor guides now."""
        return self.annotate(load=_number_of(Pairing.objects.open()))

    def with_room(self) -> Self:
        """Mentors who can take one more; adds `load`."""
        return self.with_load().filter(load__lt=F("capacity"))

    def with_guided(self) -> Self:
        """Adds `guided`, the number of pairings that reached their goal."""
        return self.annotate(guided=_number_of(Pairing.objects.filter(end_reason=EndReason.REACHED)))

    def with_rating(self) -> Self:
        """Adds `rated`, how many mentees have evaluated, and `rating`, the mean of their last words from three on."""
        mine = Evaluation.objects.last_words().filter(pairing__mentor=OuterRef("person"))
        said = mine.order_by().values("pairing__mentor")
        mean = Subquery(said.annotate(mean=Avg("stars")).values("mean"))
        return self.annotate(rated=Coalesce(Subquery(said.annotate(n=Count("pk")).values("n")), 0)).annotate(
            rating=Case(When(rated__gte=FEWEST_RATINGS, then=mean), default=Value(None))
        )

    def with_certificate(self, on: date, rule: GuidanceRule | None = None) -> Self:
        """Adds `is_certified`: the mentor holds the certificate that the rule, else the current one, asks for."""
        return self.annotate(is_certified=holds("person", on=on, rule=rule))

    def certified(self, on: date, rule: GuidanceRule | None = None) -> Self:
        """Mentors who hold the certificate that the rule asks for."""
        return self.with_certificate(on, rule).filter(is_certified=True)

    def with_away(self, on: date) -> Self:
        """Adds `is_away`: the mentor is on leave or elsewhere that day."""
        return self.annotate(is_away=away("person", on=on))

    def ready(self, on: date) -> Self:
        """Mentors who may be given somebody on the day, if they have room: active, certified, not away."""
        return self.active(on).certified(on).with_away(on).filter(is_away=False)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


def _number_of(pairings: models.QuerySet[Pairing]) -> Coalesce:
    """How many of these pairings each mentor has, beside whatever else is joined."""
    mine = pairings.filter(mentor=OuterRef("person")).order_by().values("mentor")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


@tracked()
class MentorProfile(Stamped):
    """That a person guides newcomers: what he or she is strong in and how many mentees at a time."""

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
