"""What an attempt asks: the quiz as it is at this moment, in the person's own order."""

from collections.abc import Iterable, Sequence
from random import Random

from assessments.attempts.models import Attempt, Response
from assessments.questions.models import Kind
from assessments.quizzes.models import Quiz, QuizQuestion


def items_of(quiz: Quiz) -> list[QuizQuestion]:
    """The questions of the quiz with their present versions."""
    return list(quiz.items.select_related("question__current"))


def responses_for(attempt: Attempt, items: Sequence[QuizQuestion], *, shuffle: bool) -> list[Response]:
    """Empty responses of the attempt, one a question; the same attempt is always shuffled the same way."""
    order = list(items)
    chance = Random(f"{attempt.enrolment_id}/{attempt.quiz_id}/{attempt.number}")
    if shuffle:
        chance.shuffle(order)
    return [
        Response(
            attempt=attempt,
            version=item.question.current,
            position=position,
            option_order=_option_order(item, chance if shuffle else None),
            points=item.points,
        )
        for position, item in enumerate(order, start=1)
    ]


def _option_order(item: QuizQuestion, chance: Random | None) -> list[str]:
    ids = [option["id"] for option in item.question.current.options] if item.question.current else []
    if chance and item.question.kind != Kind.TRUE_FALSE:
        chance.shuffle(ids)
    return ids


def kinds_of(items: Iterable[QuizQuestion]) -> dict[int, str]:
    """The kind of each question by the id of its version."""
    return {item.question.current_id: item.question.kind for item in items if item.question.current_id}
