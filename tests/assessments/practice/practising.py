"""Attempts that make cards, and answers in practice, as the tests need them."""

from datetime import date, timedelta

from assessments.practice.actions import Given, answer
from assessments.practice.intake import take_in
from tests.assessments.conftest import NOON
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory

DAY = timedelta(days=1)
FIRST = date(2026, 6, 1)  # the day of the attempts
NEXT = FIRST + DAY


def noon(day):
    return NOON + (day - FIRST)


def reply(person, question, right=True, *, day=NEXT, number=1, drill=None):
    """The person's answer to a single choice whose right option is a."""
    question.refresh_from_db()
    given = Given(question.current, ["a" if right else "b"], number, seconds=20)
    return answer(person, given, day=day, at=noon(day), drill=drill)


def attempted(quiz, person, number, *, right=0, day=FIRST):
    """A graded attempt at `number` new questions, the last `right` of which were right; not taken in yet."""
    questions = [QuestionFactory(topic=quiz.unit.course.topic) for _ in range(number)]
    answers = {question: single(place >= number - right) for place, question in enumerate(questions)}
    answered(quiz, answers, person, at=noon(day))
    return questions


def missed(quiz, person, number, **given):
    """The same, taken in."""
    questions = attempted(quiz, person, number, **given)
    take_in()
    return questions
