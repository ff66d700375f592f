import pytest

from assessments.answering.demo import hand_in
from assessments.answering.models import AnswerFile
from tests.assessments.conftest import NOON
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import EnrolmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_a_review_is_handed_in_as_a_page_and_waits_for_people():
    quiz = QuizFactory(unit=UnitFactory(kind="quiz"))
    content = {"rubric": None, "endings": ["pdf"], "most_mb": 5, "model": ""}
    put(quiz, QuestionFactory(topic=quiz.unit.course.topic, kind="upload", content=content))
    attempt = hand_in(EnrolmentFactory(course=quiz.unit.course), quiz, "复盘", ["时间线：先登记，后派单。"], at=NOON)
    file, answer = AnswerFile.objects.get(), attempt.responses.get()
    assert (attempt.state, answer.needs_person, answer.answer["name"]) == ("submitted", True, "复盘.pdf")
    assert file.file.read(5) == b"%PDF-"
