"""Role profiles (岗位画像): the level and the weight of each competency that a position needs at a grade."""

from datetime import date
from typing import Self

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.competencies.models import MOST_LEVELS
from courses.models import Competency
from trainingsite.core.days import end_of
from trainingsite.core.facts import fact
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import Position, User

EVERY_GRADE = ""
ALL = 100  # percent, what the weights of a profile add up to


class RoleProfileQuerySet(models.QuerySet["RoleProfile"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def in_force(self, day: date) -> Self:
        """Those that were in use when the day ended, or are now if it has not ended; whatever happened to them later.

        By the record of changes and by `retired_at`, which may tell of an earlier day than it was written on.
        """
        end = end_of(day)
        events = self.model.pgh_event_model.objects.filter(pgh_obj=OuterRef("pk"), pgh_created_at__lte=end)  # type: ignore[attr-defined]  # made by tracked()
        then = Subquery(events.order_by("-pgh_id").values("retired_at")[:1])
        return self.exclude(retired_at__lte=end).annotate(retired_then=then).filter(retired_then=None)

    def visible_to(self, user: User) -> Self:
        """What a position asks is no secret inside the company."""
        return self if user.is_authenticated else self.none()


@tracked()
class RoleProfile(Stamped):
    """What a position asks at one grade; with an empty grade, at every grade that has no profile of its own."""

    position = models.ForeignKey(
        Position, verbose_name=_("position"), on_delete=models.PROTECT, related_name="role_profiles"
    )
    grade = models.CharField(pgettext_lazy("job", "grade"), max_length=16, blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = RoleProfileQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["position__name", "grade", "pk"]
        constraints = [models.UniqueConstraint(fields=["position", "grade"], name="one_profile_a_position_and_grade")]

    def __str__(self) -> str:
        return f"{self.position} {self.grade}".strip()

    def get_absolute_url(self) -> str:
        return reverse("role-profile", args=[self.pk])


class ProfileVersionQuerySet(models.QuerySet["ProfileVersion"]):
    def standing(self, day: date) -> Self:
        """Of each profile the version that holds on the day: the last one that had begun by then."""
        begun = self.filter(valid_from__lte=day)
        return begun.order_by("profile_id", "-valid_from", "-number").distinct("profile_id")

    def with_needs(self) -> Self:
        """Each with its needs, in the order of the framework, and their competencies."""
        needs = ProfileNeed.objects.select_related("competency__group").order_by(
            "competency__group__position", "competency__position", "competency"
        )
        return self.prefetch_related(Prefetch("needs", needs))


@fact
class ProfileVersion(Stamped):
    """The needs of a profile from a day on. It is never changed: a later version counts instead of it.

    `valid_from` is never before the day on which it was made, so that what held on a past day stays what it was.
    """

    profile = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField(_("valid from"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ProfileVersionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "number"], name="one_profile_version_by_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="profile_version_says_why"),
        ]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_version", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.profile} · {self.number}"


@fact
class ProfileNeed(models.Model):
    """One competency of a version: the level needed, and its share of the whole in percent."""

    version = models.ForeignKey(ProfileVersion, on_delete=models.CASCADE, related_name="needs")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="needed_by")
    level = models.PositiveSmallIntegerField(_("level needed"))
    weight = models.DecimalField(_("weight (%)"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0.01)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "competency"], name="one_need_a_competency"),
            models.CheckConstraint(condition=Q(level__range=(1, MOST_LEVELS)), name="need_of_a_level"),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=ALL), name="need_weight_in_percent"),
        ]
        triggers = [pgtrigger.Protect(name="keep_need", operation=pgtrigger.Update)]
