from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assessments.models import Attempt
from courses.models import Topic
from tests.factories.assessments import QuizFactory
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.people.models import User

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)


@pytest.fixture
def graded(db: None) -> Callable[..., Attempt]:
    """`graded(person, topic, score=40)`: a graded attempt at a quiz of the topic, whose pass mark is 60."""

    def make(person: User, topic: Topic, score: int) -> Attempt:
        course = CourseFactory(topic=topic)
        return Attempt.objects.create(
            quiz=QuizFactory(unit=UnitFactory(course=course, kind="quiz")),
            enrolment=EnrolmentFactory(person=person, course=course, completed_at=NOON),
            person=person,
            number=1,
            state="graded",
            pass_mark=60,
            started_at=NOON,
            submitted_at=NOON,
            score=score,
            passed=score >= 60,
        )

    return make
