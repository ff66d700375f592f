"""Somebody who is weak at one competency and strong at another."""

import pytest

from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import CompetencyFactory


@pytest.fixture
def empathy(db):
    return CompetencyFactory(title="共情")


@pytest.fixture
def rules(db):
    return CompetencyFactory(title="平台规则")


@pytest.fixture
def learnt(quiz, trainee, empathy, rules):
    """李静 got three of ten right in 共情 and all of five in 平台规则."""
    topic = quiz.unit.course.topic
    weak = [QuestionFactory(topic=topic, competency=empathy) for _ in range(10)]
    strong = [QuestionFactory(topic=topic, competency=rules) for _ in range(5)]
    answers = {question: single(place < 3) for place, question in enumerate(weak)}
    return answered(quiz, answers | {question: single(True) for question in strong}, trainee)
