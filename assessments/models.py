"""The index of the assessments app's models."""

from assessments.answering.models import AnswerFile
from assessments.appeals.models import Appeal
from assessments.attempts.models import Attempt, ExtraAttempt, Interruption, Response
from assessments.bank.models import BulkChange, Unlike
from assessments.certification.models import Certificate, Certification
from assessments.exchange.models import QuestionImport
from assessments.marking.models import Claim, Draft, Marking, Phrase, Team
from assessments.overrides.models import Override
from assessments.practice.models import Card, Drill, DrillPerson, DrillQuestion, Intake, Review, Sitting
from assessments.questions.models import Category, Question, QuestionVersion
from assessments.quizzes.models import Quiz, QuizQuestion, Section
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
    "Draft",
    "Drill",
    "DrillPerson",
    "DrillQuestion",
    "ExtraAttempt",
    "Intake",
    "Interruption",
    "Invitation",
    "ItemTally",
    "Marking",
    "Override",
    "Phrase",
    "Question",
    "QuestionFlag",
    "QuestionImport",
    "QuestionVersion",
    "Quiz",
    "QuizQuestion",
    "QuizTally",
    "Regrade",
    "RegradeChange",
    "Reply",
    "Response",
    "Review",
    "Section",
    "Sitting",
    "Survey",
    "SurveyQuestion",
    "SurveyUnit",
    "Team",
    "Unlike",
    "ValueTally",
]
