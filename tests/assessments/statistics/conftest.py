"""A quiz that forty people have taken, each a little better than the one before."""

import pytest

from assessments.models import Quiz
from assessments.statistics.actions import count_quiz
from tests.assessments.conftest import NOON
from tests.assessments.statistics.answering import answered


@pytest.fixture
def taken(quiz, asked) -> Quiz:
    """pr-1 is got right by the best 22 (of its wrong options all others choose b), pr-2 by 30, pr-3 by 15."""
    one, two, three = asked
    for place in range(40):
        answered(
            quiz,
            {
                one: (["a"], 1) if place >= 18 else (["b"], 0),
                two: (["a", "b"], 1) if place >= 10 else (["c"], 0),
                three: (["false"], 1) if place >= 25 else (["true"], 0),
            },
        )
    count_quiz(quiz.pk, at=NOON)
    return quiz
