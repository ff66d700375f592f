"""Personal learning paths: the courses that close a person's gaps soonest, in order, as they were accepted."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.profiles.models import ProfileVersion
from courses.models import Course, Enrolment
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class Origin(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("path", "Accepted by the person")
    ASSIGNED = "assigned", pgettext_lazy("path", "Assigned")


class LearningPathQuerySet(models.QuerySet["LearningPath"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@tracked()
class LearningPath(Stamped):
    """What a person has taken on, or was given: one open path at a time. Its courses are enrolments like any other."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="learning_paths")
    profile = models.ForeignKey(
        ProfileVersion, on_delete=models.PROTECT, null=True, related_name="+", help_text="Against which the gaps are."
    )
    origin = models.CharField(max_length=10, choices=Origin.choices)
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField()
    due_on = models.DateField(_("due on"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=200, blank=True)

    objects = LearningPathQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(closed_at=None), name="one_open_path_a_person"),
        ]


class PathStep(Stamped):
    """One course of a path. `closes` says which gaps it closes: [{competency, from, to, need}], levels."""

    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, null=True, related_name="+")
    minutes = models.PositiveIntegerField()
    closes: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta(Stamped.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["path", "position"], name="one_step_a_position"),
            models.UniqueConstraint(fields=["path", "course"], name="one_step_a_course"),
        ]
