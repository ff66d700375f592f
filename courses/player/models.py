"""What learners keep for themselves on the way: the line they stopped at, notes, bookmarks. Nobody else sees it."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from courses.curriculum.models import Unit
from courses.enrolment.models import Enrolment
from trainingsite.people.models import User

LONGEST_NOTE = 2_000
Row = TypeVar("Row", bound=models.Model)


class OwnQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """What somebody keeps while learning is the own affair, whatever roles others hold."""
        return self.filter(enrolment__person=user)


class NoteQuerySet(OwnQuerySet["Note"]):
    pass


class BookmarkQuerySet(OwnQuerySet["Bookmark"]):
    pass


class Spot(models.Model):
    """Where a learner stopped in a text: the number of the block at the top of the screen and the part of it read.

    12.25 is a quarter into the thirteenth block, so the place is the same on a phone and on a desk.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="spots")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    place = models.FloatField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit"], name="one_spot_a_unit"),
            models.CheckConstraint(condition=Q(place__gte=0), name="spot_in_the_text"),
        ]


class Note(models.Model):
    """A learner's own words on a unit. `key` is made by the browser, so that what is sent twice is kept once."""

    key = models.UUIDField(unique=True)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notes")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(pgettext_lazy("learner", "note"), max_length=LONGEST_NOTE)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "pk"]


class Bookmark(models.Model):
    """A unit that a learner wants to find again. `set_at` says when it was last set or taken away."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="bookmarks")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    is_set = models.BooleanField(default=True)
    set_at = models.DateTimeField()

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "unit"], name="one_bookmark_a_unit")]
