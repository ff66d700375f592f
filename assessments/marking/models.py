"""Marking by people: who marks a course's quizzes, every mark that was given, who is at an answer just now."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.attempts.models import Response, State
from assessments.marking.reach import seen_or_in_reach
from courses.models import Course, Rubric
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User

CLAIM_LASTS = timedelta(minutes=30)
LONGEST_COMMENT = 4000
LONGEST_PHRASE = 500


class Role(models.TextChoices):
    """In which part somebody marked; a later one of these stands above the earlier ones."""

    FIRST = "first", pgettext_lazy("marker", "First marker")
    SECOND = "second", pgettext_lazy("marker", "Second marker")
    MODERATOR = "moderator", pgettext_lazy("marker", "Moderator")
    APPEAL = "appeal", pgettext_lazy("marker", "After an appeal")


@tracked()
class Team(Stamped):
    """Who marks the quizzes of a course, besides its owner and whoever sees the person."""

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="marking_team")
    people = models.ManyToManyField(User, verbose_name=_("markers"), blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.course)


class MarkingQuerySet(models.QuerySet["Marking"]):
    def named(self) -> Self:
        """Those whose person may be known: what is marked without names has one when it is graded."""
        return self.filter(Q(response__attempt__quiz__anonymous=False) | Q(response__attempt__state=State.GRADED))

    def visible_to(self, user: User) -> Self:
        """The own marks; those of others when the answer waits for nobody any more, so that markers stay blind.

        The own answers' marks are seen with the attempt, when its review is open.
        """
        settled = Q(response__needs_person=False, response__attempt__state=State.GRADED)
        others = seen_or_in_reach(user) & settled
        return self.filter((Q(marker=user.pk) | others) & ~Q(response__attempt__person=user.pk))


class Marking(Stamped):
    """A mark that somebody gave: a fact, never changed. Whoever corrects a mark adds the next one of the same role.

    `fraction` is 0 to 1; `marks` has a row a criterion, as it was then: {"criterion": pk, "title", "points", "out_of",
    "weight", "band", "comment"}; without a rubric it is empty.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="markings")
    marker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("part"), max_length=10, choices=Role.choices)
    number = models.PositiveSmallIntegerField(default=1, help_text="Counts the marks of this role, from 1.")
    fraction = models.DecimalField(max_digits=5, decimal_places=4)
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, null=True, related_name="+")
    marks = models.JSONField(default=list)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField()

    objects = MarkingQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["response", "role", "number"], name="one_marking_by_number"),
            models.CheckConstraint(condition=Q(fraction__gte=0, fraction__lte=1), name="marking_fraction_in_range"),
        ]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="marking_stays", operation=pgtrigger.Update)]

    @property
    def percent(self) -> Decimal:
        return 100 * self.fraction

    def says_the_same(self, other: dict[str, Any]) -> bool:
        """Whether these values would be the same mark once more."""
        return all(getattr(self, name) == value for name, value in other.items())


class ClaimQuerySet(models.QuerySet["Claim"]):
    def live(self, at: datetime) -> Self:
        return self.filter(until__gt=at)


class Claim(models.Model):
    """That somebody is marking an answer, so that nobody else begins with it; it ends by itself."""

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="claim")
    marker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()


class Draft(models.Model):
    """A comment that a marker has put to an answer before marking it; seen by that marker alone."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="marking_drafts")
    marker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    comment = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "marker"], name="one_draft_a_marker")]


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def usable_by(self, user: User) -> Self:
        """The own ones and those that others share."""
        return self.filter(Q(owner=user.pk) | Q(is_shared=True))


class Phrase(Stamped):
    """A sentence that a marker writes often."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("text"), max_length=LONGEST_PHRASE)
    is_shared = models.BooleanField(_("for every marker"), default=False)

    objects = PhraseQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["text", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "text"], name="phrase_once")]

    def __str__(self) -> str:
        return self.text
