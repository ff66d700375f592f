"""李静 missed two of three questions in an attempt on Monday, 1 June 2026; the cards of it."""

import pytest

from assessments.models import Card, Question
from tests.assessments.practice.practising import missed


@pytest.fixture
def questions(quiz, trainee) -> list[Question]:
    return missed(quiz, trainee, 3, right=1)


@pytest.fixture
def cards(questions, trainee) -> list[Card]:
    return list(Card.objects.filter(person=trainee).order_by("pk"))
