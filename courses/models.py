"""The index of the courses app's models."""

from courses.audiences.models import Audience, AudienceCheck, AudienceMember
from courses.competencies.models import Competency, CompetencyGroup, CompetencyLevel, FrameworkVersion, Teaches
from courses.curriculum.models import Course, CourseVersion, Unit
from courses.enrolment.models import Enrolment, UnitProgress
from courses.planning.models import BusyImport, BusyTime, PlanningRule, Season, TrainingBudget
from courses.prerequisites.models import Prerequisite
from courses.programmes.models import (
    Assignment,
    DueException,
    Item,
    Participation,
    Programme,
    ProgrammeVersion,
    Stage,
)
from courses.refreshers.models import Occurrence, Refresher
from courses.sessions.models import Session, SessionPlace
from courses.topics.models import Topic

__all__ = [
    "Assignment",
    "Audience",
    "AudienceCheck",
    "AudienceMember",
    "BusyImport",
    "BusyTime",
    "Competency",
    "CompetencyGroup",
    "CompetencyLevel",
    "Course",
    "CourseVersion",
    "DueException",
    "Enrolment",
    "FrameworkVersion",
    "Item",
    "Occurrence",
    "Participation",
    "PlanningRule",
    "Prerequisite",
    "Programme",
    "ProgrammeVersion",
    "Refresher",
    "Season",
    "Session",
    "SessionPlace",
    "Stage",
    "Teaches",
    "Topic",
    "TrainingBudget",
    "Unit",
    "UnitProgress",
]
