"""A quiz of two single choices that people took while the first had a wrong key."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.attempts.actions import save_answer, start, submit
from assessments.models import Attempt, Question, QuestionVersion, Quiz
from assessments.regrading import actions
from assessments.regrading.models import Regrade
from tests.factories.assessments import QuestionFactory, QuizFactory, options, put
from tests.factories.courses import EnrolmentFactory, UnitFactory
from trainingsite.core.jobs.actions import run
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

NINE = datetime(2026, 6, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def quiz(db: None) -> Quiz:
    """Passed from 60 %: one of the two right answers is not enough."""
    unit = UnitFactory(kind="quiz", title="测验:退货规则")
    topic = unit.course.topic
    asked = [QuestionFactory(topic=topic, code=code) for code in ("wrong-key", "fine")]
    made: Quiz = put(QuizFactory(unit=unit, max_attempts=None), *asked)
    return made


@pytest.fixture
def question(quiz: Quiz) -> Question:
    return Question.objects.get(code="wrong-key")


@pytest.fixture
def hr(hire) -> User:
    return hire(Role.HR, name="人力")


def take(person: User, quiz: Quiz, *answers: str) -> Attempt:
    enrolment = EnrolmentFactory(person=person, course=quiz.unit.course)
    attempt = start(enrolment, quiz, at=NINE)
    for position, answer in enumerate(answers, start=1):
        save_answer(attempt, position, [answer], 1, at=NINE + MINUTE)
    return submit(attempt, at=NINE + 2 * MINUTE)


def correct(question: Question, right: str) -> QuestionVersion:
    """Give the question the right key, as a new version."""
    old = question.current
    content = {"options": options("同意", "拒绝", "转交主管", "不回复", right=right)}
    question.current = QuestionVersion.objects.create(question=question, number=2, stem=old.stem, content=content)
    question.save()
    return question.current


def tried(question: Question, by: User, **more: object) -> Regrade:
    """A regrade whose trial has run."""
    made = actions.start(question, by=by, **{"way": "corrected", **more})
    return again(made)


def again(regrade: Regrade) -> Regrade:
    regrade.refresh_from_db()
    run(regrade.job_id)
    return Regrade.objects.get(pk=regrade.pk)


def carried_out(regrade: Regrade, by: User, *, on_loss: str = "keep") -> Regrade:
    return again(actions.carry_out(regrade, reason="答案有误", on_loss=on_loss, by=by, at=NINE + 60 * MINUTE))
