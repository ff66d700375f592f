"""FSRS in days, and which cards a day asks."""

from datetime import date, timedelta
from itertools import cycle

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.practice.choosing import MOST_TRIES, Waiting, handful, to_ask
from assessments.practice.models import Grade
from assessments.practice.scheduling import DAY, Memory, after, due_day, replay, retrievability, terms

MONDAY = date(2026, 6, 1)
MISSED, RIGHT = Grade.MISSED, Grade.RIGHT


class Answer:
    def __init__(self, right):
        self.is_right = right


def waiting(pk, *, due=MONDAY, reps=1, missed=None, stability=3.0, last=MONDAY - 4 * DAY):
    return Waiting(pk, reps, missed, stability, last, due)


def test_the_first_answers_begin_as_the_library_has_it():
    assert after(None, MISSED, MONDAY) == Memory(0.212, 6.4133, MONDAY, MONDAY + DAY)
    assert after(None, RIGHT, MONDAY).due_on == MONDAY + 2 * DAY


def test_it_agrees_with_the_library_s_own_scheduler():
    own = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=365)
    moment = fsrs.card.datetime(2026, 6, 1, tzinfo=fsrs.card.timezone.utc)
    card, memory = fsrs.Card(card_id=1), None
    for grade in (MISSED, RIGHT, RIGHT, MISSED, RIGHT, RIGHT):
        card, _log = own.review_card(card, fsrs.Rating(grade), moment)
        memory = after(memory, grade, moment.date())
        assert memory == Memory(card.stability, card.difficulty, moment.date(), card.due.date())
        moment = card.due


def test_nine_in_the_morning_and_eight_the_next_morning_are_a_day_apart():
    begun = after(None, RIGHT, MONDAY)
    assert after(begun, RIGHT, MONDAY + DAY).stability > after(begun, RIGHT, MONDAY).stability


def test_an_answer_from_before_the_last_one_counts_on_the_day_of_the_last(db):
    begun = after(None, RIGHT, MONDAY)
    assert after(begun, RIGHT, MONDAY - DAY) == after(begun, RIGHT, MONDAY)


def test_a_card_without_an_answer_cannot_be_planned():
    with pytest.raises(ValueError, match="without an answer"):
        replay([])


def test_a_miss_in_an_attempt_brings_the_card_on():
    memory = Memory(30.0, 5.0, MONDAY, MONDAY + 30 * DAY)
    assert due_day(memory, None) == MONDAY + 30 * DAY
    assert due_day(memory, MONDAY - DAY) == MONDAY + 30 * DAY
    assert due_day(memory, MONDAY + 7 * DAY) == MONDAY + 8 * DAY


def test_the_terms_change_their_name_with_what_is_wanted(settings):
    before = terms()
    settings.PRACTICE_RETENTION = 0.8
    assert terms() != before
    assert after(None, RIGHT, MONDAY).due_on > MONDAY + 2 * DAY


def test_the_most_likely_forgotten_comes_first_and_new_ones_last():
    rows = [
        waiting(1, stability=30.0),
        waiting(2, stability=2.0),
        waiting(3, reps=0),
        waiting(4, reps=0, missed=MONDAY - DAY, stability=0.2),
        waiting(5, due=MONDAY + DAY),
    ]
    assert handful(rows, MONDAY) == [2, 1, 4, 3]


def test_a_day_has_room_for_so_many_questions_and_so_many_new_ones(settings):
    known, new = [waiting(n) for n in range(6)], [waiting(n, reps=0) for n in range(10, 20)]
    assert handful([*known, *new], MONDAY) == [*range(6), 10, 11]
    assert handful(new, MONDAY) == [10, 11, 12, 13]
    settings.PRACTICE_QUESTIONS = 3
    assert handful([*known, *new], MONDAY) == [0, 1, 2]


def test_what_was_wrong_comes_again_at_the_end_but_not_for_ever():
    wrong, right = Answer(right=False), Answer(right=True)
    assert to_ask([1, 2, 3], {}) == [1, 2, 3]
    assert to_ask([1, 2, 3], {1: [wrong]}) == [2, 3, 1]
    assert to_ask([1, 2, 3], {1: [wrong, wrong], 2: [right], 3: [wrong]}) == [3, 1]
    assert to_ask([1, 2], {1: [wrong] * MOST_TRIES, 2: [wrong, right]}) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(-40, 5), st.floats(0.1, 300), st.booleans()), min_size=1, max_size=40
    )
)
def test_no_card_is_asked_before_it_is_due_and_none_twice(rows):
    cards = [
        waiting(pk, due=MONDAY + due * DAY, reps=reps, stability=stability, missed=MONDAY - DAY if missed else None)
        for pk, (reps, due, stability, missed) in enumerate(rows)
    ]
    chosen = handful(cards, MONDAY)
    due = {card.pk for card in cards if card.due_on <= MONDAY}
    assert len(set(chosen)) == len(chosen) <= 8
    assert set(chosen) <= due
    assert bool(chosen) == bool(due)


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(1, 25))
def test_whatever_is_answered_every_card_comes_again_on_a_later_day_and_none_is_lost(answers, number):
    """Days go by, each with a handful; what is right or wrong comes in any order."""
    memories = {pk: after(None, MISSED, MONDAY) for pk in range(number)}
    reps = dict.fromkeys(memories, 0)
    asked, day = set(), MONDAY
    outcomes = cycle(answers)
    for _ in range(30):
        day += DAY
        rows = [Waiting(pk, reps[pk], MONDAY, m.stability, m.last_on, m.due_on) for pk, m in memories.items()]
        chosen = handful(rows, day)
        assert all(memories[pk].due_on <= day for pk in chosen)
        for pk in chosen:
            memories[pk] = after(memories[pk], RIGHT if next(outcomes) else MISSED, day)
            reps[pk] += 1
            asked.add(pk)
            assert day < memories[pk].due_on <= day + timedelta(days=365)
    assert asked <= set(memories)
    assert len(memories) == number


@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from([MISSED, RIGHT])), min_size=1, max_size=20))
def test_replaying_the_answers_gives_the_same_memory(steps):
    day, memory, history = MONDAY, None, []
    for days, grade in steps:
        day += timedelta(days=days)
        memory = after(memory, grade, day)
        history.append((day, grade))
    assert replay(history) == memory
    assert retrievability(memory.stability, memory.last_on, memory.last_on) == 1
    assert 0 < retrievability(memory.stability, memory.last_on, memory.due_on) < 1
