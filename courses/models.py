"""The index of the courses app's models."""

from courses.audiences.models import Audience, AudienceCheck, AudienceMember
from courses.curriculum.models import Course, CourseVersion, Topic, Unit
from courses.enrolment.models import Enrolment, UnitProgress
from courses.programmes.models import Assignment, DueException, Programme, ProgrammeCourse
from courses.refreshers.models import Occurrence, Refresher

__all__ = [
    "Assignment",
    "Audience",
    "AudienceCheck",
    "AudienceMember",
    "Course",
    "CourseVersion",
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
