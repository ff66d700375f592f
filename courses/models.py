"""The index of the courses app's models."""

from courses.audiences.models import Audience, AudienceCheck, AudienceMember
from courses.curriculum.models import Course, CourseVersion, Topic, Unit
from courses.enrolment.models import Enrolment, UnitProgress
from courses.planning.models import BusyImport, BusyTime, PlanningRule, Season, TrainingBudget
from courses.programmes.models import Assignment, DueException, Programme, ProgrammeCourse
from courses.refreshers.models import Occurrence, Refresher
from courses.sessions.models import Session, SessionPlace

__all__ = [
    "Assignment",
    "Audience",
    "AudienceCheck",
    "AudienceMember",
    "BusyImport",
    "BusyTime",
    "Course",
    "CourseVersion",
    "DueException",
    "Enrolment",
    "Occurrence",
    "PlanningRule",
    "Programme",
    "ProgrammeCourse",
    "Refresher",
    "Season",
    "Session",
    "SessionPlace",
    "Topic",
    "TrainingBudget",
    "Unit",
    "UnitProgress",
]
