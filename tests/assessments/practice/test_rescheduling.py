"""Cards planned anew from their answers."""

import pytest

from assessments.models import Card
from assessments.practice import rescheduling
from assessments.practice.rescheduling import reschedule, stale_ranges
from assessments.practice.tasks import reschedule as reschedule_task
from tests.assessments.practice.practising import DAY, NEXT, missed, reply
from tests.assessments.practice.test_actions import today

PLAN = ("stability", "difficulty", "last_on", "due_on", "terms")


@pytest.fixture
def practised(trainee, questions):
    """A history of three days."""
    for day, right in ((NEXT, False), (NEXT + DAY, True), (NEXT + 5 * DAY, True)):
        for question in today(trainee, day).questions:
            reply(trainee, question, right, day=day)


def plans():
    return list(Card.objects.order_by("pk").values_list(*PLAN))


def test_nothing_is_done_while_the_terms_are_the_same(practised):
    assert list(stale_ranges()) == []
    assert reschedule(1, 10**9) == 0
    assert reschedule_task() == 0


def test_the_answers_alone_give_the_same_plan_again(practised):
    before = plans()
    Card.objects.update(terms="old", stability=1.0, difficulty=2.0)
    assert reschedule(1, 10**9) == len(before)
    assert plans() == before


def test_wanting_less_asks_later(practised, settings):
    before = plans()
    settings.PRACTICE_RETENTION = 0.8
    ((first, last),) = stale_ranges()
    assert reschedule(first, last) == len(before)
    assert all(new[3] >= old[3] for new, old in zip(plans(), before, strict=True))
    assert plans() != before
    assert list(stale_ranges()) == []


def test_ranges_and_chunks_leave_no_card_out(quiz, trainee, monkeypatch):
    missed(quiz, trainee, 7)
    Card.objects.update(terms="old")
    monkeypatch.setattr(rescheduling, "RANGE", 3)
    monkeypatch.setattr(rescheduling, "CHUNK", 2)
    assert [reschedule(*ends) for ends in list(stale_ranges())] == [3, 3, 1]
    assert not Card.objects.filter(terms="old").exists()
