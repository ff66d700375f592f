"""The index of the courses app's models."""

from courses.attendance.models import AttendanceImport, Correction
from courses.audiences.models import Audience, AudienceCheck, AudienceMember
from courses.checklists.models import CheckItem, Checklist, SignOff
from courses.competencies.models import Competency, CompetencyGroup, CompetencyLevel, FrameworkVersion, Teaches
from courses.curriculum.models import Course, CourseVersion, Unit
from courses.discussions.models import Discussion, Mention, Post
from courses.enrolment.models import Enrolment, UnitProgress
from courses.feeds.models import Feed
from courses.instructors.models import Instructor
from courses.invitations.models import Letter
from courses.lessons.models import Document, PageProgress, Recording, WatchProgress
from courses.media.models import Media
from courses.planning.models import BusyImport, BusyTime, PlanningRule, Season, TrainingBudget
from courses.player.models import Bookmark, Note, Spot
from courses.prerequisites.models import Prerequisite
from courses.programmes.models import (
    Assignment,
    DueException,
    Item,
    ItemSession,
    Participation,
    Programme,
    ProgrammeVersion,
    Stage,
)
from courses.refreshers.models import Occurrence, Refresher
from courses.rooms.models import Room
from courses.rubrics.models import Band, Criterion, Rubric
from courses.series.models import Series, SessionTemplate
from courses.session_papers.models import SessionMaterial, SessionMinutes, SessionToDo
from courses.sessions.models import Engagement, Session, SessionPlace, Teaching
from courses.topics.models import Topic
from courses.workdays.models import CompanyDay
from courses.writeups.models import CaseBrief, Grade, WriteUp

__all__ = [
    "Assignment",
    "AttendanceImport",
    "Audience",
    "AudienceCheck",
    "AudienceMember",
    "Band",
    "Bookmark",
    "BusyImport",
    "BusyTime",
    "CaseBrief",
    "CheckItem",
    "Checklist",
    "CompanyDay",
    "Competency",
    "CompetencyGroup",
    "CompetencyLevel",
    "Correction",
    "Course",
    "CourseVersion",
    "Criterion",
    "Discussion",
    "Document",
    "DueException",
    "Engagement",
    "Enrolment",
    "Feed",
    "FrameworkVersion",
    "Grade",
    "Instructor",
    "Item",
    "ItemSession",
    "Letter",
    "Media",
    "Mention",
    "Note",
    "Occurrence",
    "PageProgress",
    "Participation",
    "PlanningRule",
    "Post",
    "Prerequisite",
    "Programme",
    "ProgrammeVersion",
    "Recording",
    "Refresher",
    "Room",
    "Rubric",
    "Season",
    "Series",
    "Session",
    "SessionMaterial",
    "SessionMinutes",
    "SessionPlace",
    "SessionTemplate",
    "SessionToDo",
    "SignOff",
    "Spot",
    "Stage",
    "Teaches",
    "Teaching",
    "Topic",
    "TrainingBudget",
    "Unit",
    "UnitProgress",
    "WatchProgress",
    "WriteUp",
]
