"""Personal learning paths: the courses that close a person's gaps soonest, in order, as they were accepted."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.profiles.models import ProfileVersion
from courses.models import Competency, Course, Enrolment
from trainingsite.core.history import tracked
from trainingsite.core.jobs.models import Job
from trainingsite.core.models import Stamped
from trainingsite.people.access.roles import SEES_ALL
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class Origin(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("path", "Accepted by the person")
    ASSIGNED = "assigned", pgettext_lazy("path", "Assigned")


class PathAssignmentQuerySet(models.QuerySet["PathAssignment"]):
    def visible_to(self, user: User) -> Self:
        """Who sees everybody's records sees all; a supervisor those that he or she made."""
        return self if not user.roles.isdisjoint(SEES_ALL) else self.filter(by=user)


class PathAssignment(Stamped):
    """One decision to give everybody named who lacks a level what closes their gaps; a worker carries it out."""

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(
        pgettext_lazy("rating", "level"), default=0, help_text="0: whatever each one's profile asks."
    )
    due_on = models.DateField(_("due on"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    wanted = models.PositiveIntegerField(help_text="How many people were named.")
    passed_over: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="Who got nothing, and why: [[person, a key of PASSED_OVER]]."
    )
    undone_at = models.DateTimeField(null=True)

    objects = PathAssignmentQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["-pk"]


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
    assignment = models.ForeignKey(PathAssignment, on_delete=models.SET_NULL, null=True, related_name="paths")
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField()
    due_on = models.DateField(_("due on"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=200, blank=True, help_text="Empty when all was done.")
    moved: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="What had moved when it was closed: [{competency, from, to, need}], levels."
    )

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
    gave = models.BooleanField(default=False, help_text="Whether the enrolment was made for this path.")
    minutes = models.PositiveIntegerField()
    closes: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta(Stamped.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["path", "position"], name="one_step_a_position"),
            models.UniqueConstraint(fields=["path", "course"], name="one_step_a_course"),
        ]
