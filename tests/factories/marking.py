"""Attempts that were handed in and wait for people: essays, with or without a rubric."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from assessments.attempts.models import Attempt, Response, State
from assessments.marking.actions import Verdict, mark
from assessments.models import Marking, Question, Quiz
from assessments.questions.models import Kind
from courses.models import Rubric
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import EnrolmentFactory, UnitFactory
from tests.factories.practice import rubric
from trainingsite.people.models import User

NINE = datetime(2026, 6, 1, 1, tzinfo=UTC)  # nine o'clock in Shanghai
HOUR = timedelta(hours=1)
ESSAY = "先道歉并共情,再核对订单,给出退换两种方案。"


def essay(code: str = "essay-1", *, by: Rubric | None = None, topic: Any, model: str = "要有时间线。") -> Question:
    content = {"rubric": by.pk if by else None, "fewest": None, "most": None, "model": model}
    made: Question = QuestionFactory(
        code=code, kind=Kind.ESSAY, content=content, topic=topic, stem=f"分析案例 {code}。"
    )
    return made


def essay_quiz(*, questions: int = 1, graded: bool = True, **fields: Any) -> Quiz:
    """A quiz of essays, five points each, the first by a rubric unless `graded` is False; 60 % passes."""
    unit = UnitFactory(kind="quiz", title="测验:投诉案例")
    topic = unit.course.topic
    by = (Rubric.objects.first() or rubric()) if graded else None
    asked = [essay(f"essay-{unit.pk}-{n}", by=by if n == 1 else None, topic=topic) for n in range(1, questions + 1)]
    quiz: Quiz = put(QuizFactory(unit=unit, **fields), *asked, points=5)
    return quiz


def handed_in(person: User, quiz: Quiz, *, at: datetime = NINE, text: str = ESSAY, number: int = 1) -> Attempt:
    """An attempt whose every answer is `text` and waits for people."""
    enrolment = EnrolmentFactory(person=person, course=quiz.unit.course) if number == 1 else last_enrolment(person)
    attempt = Attempt.objects.create(
        quiz=quiz,
        person=person,
        enrolment=enrolment,
        number=number,
        state=State.SUBMITTED,
        pass_mark=quiz.pass_mark,
        started_at=at - HOUR,
        submitted_at=at,
    )
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            version=item.question.current,
            position=position,
            points=item.points,
            answer=text,
            saved_at=at,
            needs_person=True,
        )
        for position, item in enumerate(quiz.items.select_related("question__current"), start=1)
    )
    return attempt


def last_enrolment(person: User) -> Any:
    return person.enrolments.latest("pk")


def answer_of(attempt: Attempt, position: int = 1) -> Response:
    return attempt.responses.get(position=position)


def by_levels(points: int = 4, comment: str = "") -> Verdict:
    """The same level for every criterion of the one rubric."""
    return Verdict(points={one.pk: points for one in Rubric.objects.get().criteria.all()}, comment=comment)


def in_percent(percent: int = 80, comment: str = "") -> Verdict:
    return Verdict(percent=Decimal(percent), comment=comment)


def marked(response: Response, percent: int, *, by: User, at: datetime = NINE, comment: str = "") -> Marking:
    return mark(response, in_percent(percent, comment), by=by, at=at)
