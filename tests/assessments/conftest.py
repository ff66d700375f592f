"""A course with a quiz, and a trainee who is in it."""

from datetime import UTC, datetime

import pytest

from assessments.models import Question, Quiz
from courses.models import Course, Enrolment, Unit
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai


@pytest.fixture
def course(db: None) -> Course:
    return CourseFactory(code="seven-day-return", title="七天无理由退货")


@pytest.fixture
def unit(course: Course) -> Unit:
    return UnitFactory(course=course, kind="quiz", slug="quiz", title="测验:七天无理由退货")


@pytest.fixture
def asked(course: Course) -> list[Question]:
    """A single choice (right: a), a multiple choice (a, b) and a statement (false)."""
    topic = course.topic
    return [
        QuestionFactory(topic=topic, code="pr-1", stem="签收第 6 天申请退货,怎么办?"),
        QuestionFactory(topic=topic, code="pr-2", kind="multiple", right="ab", stem="哪些情形不适用?"),
        QuestionFactory(topic=topic, code="pr-3", kind="true_false", right="false", stem="定制商品可以退。"),
    ]


@pytest.fixture
def quiz(unit: Unit, asked: list[Question]) -> Quiz:
    """Three attempts of ten minutes; 60 % passes."""
    return put(QuizFactory(unit=unit), *asked)


@pytest.fixture
def trainee(hire) -> User:
    return hire(Role.TRAINEE, name="李静")


@pytest.fixture
def enrolment(trainee: User, course: Course) -> Enrolment:
    return EnrolmentFactory(person=trainee, course=course)
