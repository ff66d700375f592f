"""What an answer earns under the quiz's behaviour: tries and their penalty, certainty."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from assessments.questions.types.base import FRACTION, NONE
from assessments.quizzes.models import Behaviour, Quiz

# Gardner-Medwin's marks, right and wrong, by how certain the person is; the best is 3.
CERTAINTIES: Mapping[int, tuple[int, int]] = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
LEAST_CERTAIN, BEST_MARK = 1, 3
CHECKING = frozenset({Behaviour.INTERACTIVE.value, Behaviour.ADAPTIVE.value})


class Given(NamedTuple):
    """What a person did at one question; `fraction` is what the tries so far have earned, None for nothing yet."""

    answer: Any
    certainty: int | None = None
    tries: int = 0
    checked: Any = None
    fraction: Decimal | None = None


def checks(quiz: Quiz) -> bool:
    """Whether the person may have an answer checked before handing in."""
    return quiz.practice or quiz.behaviour in CHECKING


def asks_certainty(quiz: Quiz) -> bool:
    return quiz.behaviour == Behaviour.CERTAINTY and not quiz.practice


def earned(quiz: Quiz, given: Given, raw: Decimal) -> Decimal:
    """The part of the points that `given` earns in the end, when its answer as such is worth `raw`."""
    if quiz.practice or quiz.behaviour == Behaviour.DEFERRED:
        return raw
    if quiz.behaviour == Behaviour.CERTAINTY:
        return raw if given.answer is None else with_certainty(raw, given.certainty)
    wrong = given.tries - (given.tries > 0 and given.answer == given.checked)
    now = after_wrong(raw, wrong, quiz.penalty)
    return max(now, given.fraction or NONE) if quiz.behaviour == Behaviour.ADAPTIVE else now


def after_wrong(raw: Decimal, wrong: int, penalty: int) -> Decimal:
    """What is left of `raw` after so many wrong tries, each of which costs `penalty` percent of the points."""
    return max(raw - wrong * Decimal(penalty) / 100, NONE).quantize(FRACTION, ROUND_HALF_UP)


def with_certainty(raw: Decimal, certainty: int | None) -> Decimal:
    """The mark by certainty, as a part of the best one; who says nothing is not certain."""
    right, wrong = CERTAINTIES[certainty or LEAST_CERTAIN]
    mark = right * raw if raw > 0 else Decimal(wrong)
    return (mark / BEST_MARK).quantize(FRACTION, ROUND_HALF_UP)
