"""What an attempt asks: the quiz as it is at this moment, in the person's own order."""

from collections.abc import Iterable, Sequence
from random import Random

from assessments.attempts.models import Attempt, Response
from assessments.questions.types.base import type_of
from assessments.quizzes.models import Quiz, QuizQuestion


def items_of(quiz: Quiz) -> list[QuizQuestion]:
    """The questions of the quiz with their present versions."""
    return list(quiz.items.filter(question__isnull=False).select_related("question__current"))


def responses_for(attempt: Attempt, items: Sequence[QuizQuestion], *, shuffle: bool) -> list[Response]:
    """Empty responses of the attempt, one a question; the same attempt is always shuffled the same way."""
    order = list(items)
    chance = Random(f"{attempt.enrolment_id}/{attempt.quiz_id}/{attempt.number}")
    if shuffle:
        chance.shuffle(order)
    return [
        Response(
            attempt=attempt,
            version=version,
            position=position,
            option_order=type_of(question.kind).order(version.content, chance if shuffle else None),
            points=item.points,
        )
        for position, item in enumerate(order, start=1)
        if (question := item.question) and (version := question.current)
    ]


def kinds_of(items: Iterable[QuizQuestion]) -> dict[int, str]:
    """The kind of each question by the id of its version."""
    asked = (item.question for item in items if item.question)
    return {question.current_id: question.kind for question in asked if question.current_id}
