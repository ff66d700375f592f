"""The index of the courses app's models."""

from courses.audiences.models import Audience
from courses.curriculum.models import Course, Topic, Unit
from courses.enrolment.models import Enrolment, UnitProgress
from courses.programmes.models import Assignment, DueException, Programme, ProgrammeCourse
from courses.refreshers.models import Occurrence, Refresher

__all__ = [
    "Assignment",
    "Audience",
    "Course",
    "DueException",
    "Enrolment",
    "Occurrence",
    "Programme",
    "ProgrammeCourse",
    "Refresher",
    "Topic",
    "Unit",
    "UnitProgress",
]
