"""The index of the assessments app's models."""

from assessments.answering.models import AnswerFile
from assessments.appeals.models import Appeal
from assessments.attempts.models import Attempt, ExtraAttempt, Interruption, Response
from assessments.bank.models import BulkChange, Unlike
from assessments.certification.models import Certificate, Certification
from assessments.exchange.models import QuestionImport
from assessments.learning_paths.models import LearningPath, PathAssignment, PathStep
from assessments.marking.models import Claim, Draft, Marking, Phrase, Team
from assessments.overrides.models import Override
from assessments.points.models import PointEntry, PointRule
from assessments.practice.models import Card, Drill, DrillPerson, DrillQuestion, Intake, Review, Sitting
from assessments.profiles.models import ProfileNeed, ProfileVersion, RoleProfile
from assessments.questions.models import Category, Question, QuestionVersion
from assessments.quizzes.models import Quiz, QuizQuestion, Section
from assessments.ratings.models import CurrentLevel, Evidence, EvidenceVoid, LevelChange, RatingRule
from assessments.regrading.models import Regrade, RegradeChange
from assessments.statistics.models import ChoiceTally, CountedAttempt, ItemTally, QuestionFlag, QuizTally, ValueTally
from assessments.surveys.models import Invitation, Reply, Survey, SurveyQuestion, SurveyUnit

__all__ = [
    "AnswerFile",
    "Appeal",
    "Attempt",
    "BulkChange",
    "Card",
    "Category",
    "Certificate",
    "Certification",
    "ChoiceTally",
    "Claim",
    "CountedAttempt",
    "CurrentLevel",
    "Draft",
    "Drill",
    "DrillPerson",
    "DrillQuestion",
    "Evidence",
    "EvidenceVoid",
    "ExtraAttempt",
    "Intake",
    "Interruption",
    "Invitation",
    "ItemTally",
    "LearningPath",
    "LevelChange",
    "Marking",
    "Override",
    "PathAssignment",
    "PathStep",
    "Phrase",
    "PointEntry",
    "PointRule",
    "ProfileNeed",
    "ProfileVersion",
    "Question",
    "QuestionFlag",
    "QuestionImport",
    "QuestionVersion",
    "Quiz",
    "QuizQuestion",
    "QuizTally",
    "RatingRule",
    "Regrade",
    "RegradeChange",
    "Reply",
    "Response",
    "Review",
    "RoleProfile",
    "Section",
    "Sitting",
    "Survey",
    "SurveyQuestion",
    "SurveyUnit",
    "Team",
    "Unlike",
    "ValueTally",
]
