from assessments.quizzes.actions import QUIZ
from assessments.quizzes.exports import export_quiz
from assessments.quizzes.imports import import_quiz
from assessments.quizzes.kind import KIND
from courses.curriculum.kinds import UNIT_KINDS
from courses.packs.parts import UNIT_PARTS, UnitPart

UNIT_KINDS.register(QUIZ, KIND)
UNIT_PARTS.register(QUIZ, UnitPart(import_quiz, export_quiz))
