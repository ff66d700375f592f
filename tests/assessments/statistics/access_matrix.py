"""Who gets through at the pages and operations of the statistics."""

from assessments.statistics.actions import count_quiz
from tests.access.matrix import Row
from tests.assessments.conftest import NOON
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import UnitFactory

BANK = "hr instructor assessor auditor"


def counted(world):
    def make():
        unit = UnitFactory(kind="quiz")
        quiz = put(QuizFactory(unit=unit), QuestionFactory(topic=unit.course.topic))
        answered(quiz, {quiz.items.get().question: single(True)})
        count_quiz(quiz.pk, at=NOON)
        return quiz

    return world.make("counted quiz", make)


def quiz(world, _person):
    return {"pk": counted(world).pk}


def tally(world, _person):
    return {"pk": counted(world).tally.pk}


def question(world, _person):
    return {"pk": counted(world).items.get().question_id}


ROWS = {
    "statistics": Row(BANK),
    "quiz-statistics": Row(BANK, own=quiz),
    "quiz-statistics-csv": Row(BANK, own=quiz),
    "question-statistics": Row(BANK, own=question),
    "GET /api/v1/quiz-statistics/": Row("hr auditor api_client"),
    "GET /api/v1/quiz-statistics/{pk}/": Row("hr auditor api_client", own=tally),
}
