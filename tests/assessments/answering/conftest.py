import pytest

from assessments.attempts.actions import start
from assessments.models import Attempt, Quiz
from tests.factories.answering import hotspot_question, typing_question, upload_question
from tests.factories.assessments import QuizFactory, put
from trainingsite.core import clock


@pytest.fixture
def quiz(unit) -> Quiz:
    """A file, a typing test and a screenshot."""
    topic = unit.course.topic
    asked = (upload_question(topic), typing_question(topic), hotspot_question(topic))
    return put(QuizFactory(unit=unit, time_limit_minutes=None), *asked)


@pytest.fixture
def attempt(enrolment, quiz) -> Attempt:
    return start(enrolment, quiz, at=clock.now())


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
