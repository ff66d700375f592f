"""The index of the assessments app's models."""

from assessments.attempts.models import Attempt, ExtraAttempt, Response
from assessments.certification.models import Certificate, Certification
from assessments.questions.models import Question, QuestionVersion
from assessments.quizzes.models import Quiz, QuizQuestion
from assessments.surveys.models import Invitation, Reply, Survey, SurveyQuestion, SurveyUnit

__all__ = [
    "Attempt",
    "Certificate",
    "Certification",
    "ExtraAttempt",
    "Invitation",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizQuestion",
    "Reply",
    "Response",
    "Survey",
    "SurveyQuestion",
    "SurveyUnit",
]
