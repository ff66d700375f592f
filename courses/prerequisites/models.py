"""What has to be learnt before a course."""

from django.db import models
from django.db.models import F, Q

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped


@tracked()
class Prerequisite(Stamped):
    """That `needs` has to be completed before `course` is begun; the actions keep the graph free of cycles."""

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="prerequisite_rows")
    needs = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="needed_by_rows")

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["course", "needs"], name="one_prerequisite_a_course"),
            models.CheckConstraint(condition=~Q(course=F("needs")), name="no_course_needs_itself"),
        ]
