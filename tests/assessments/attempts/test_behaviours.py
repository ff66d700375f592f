"""Tries, penalties, certainty, practice: what an answer earns, and what a check tells."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.attempts.actions import check, save_answer, start, submit
from assessments.attempts.behaviours import Given, after_wrong, earned, with_certainty
from assessments.models import Attempt, Quiz, Response
from tests.assessments.conftest import NOON
from trainingsite.core.errors import Refused

MINUTE = timedelta(minutes=1)
ONE, HALF, NONE = Decimal(1), Decimal("0.5"), Decimal(0)


# --- The sums ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("raw", "certainty", "worth"),
    [
        (ONE, 1, "0.3333"),
        (ONE, 2, "0.6667"),
        (ONE, 3, "1.0000"),
        (NONE, 1, "0.0000"),
        (NONE, 2, "-0.6667"),
        (NONE, 3, "-2.0000"),
        (HALF, 3, "0.5000"),
        (ONE, None, "0.3333"),
    ],
)
def test_certainty_pays_and_costs(raw, certainty, worth):
    assert with_certainty(raw, certainty) == Decimal(worth)


@pytest.mark.parametrize(
    ("raw", "wrong", "penalty", "worth"),
    [(ONE, 0, 33, "1"), (ONE, 2, 33, "0.34"), (ONE, 4, 33, "0"), (HALF, 1, 20, "0.3")],
)
def test_each_wrong_try_costs_its_part(raw, wrong, penalty, worth):
    assert after_wrong(raw, wrong, penalty) == Decimal(worth)


@pytest.mark.parametrize(
    ("behaviour", "given", "raw", "worth"),
    [
        ("deferred", Given(["a"], tries=2, checked=["b"]), ONE, "1"),
        ("interactive", Given(["a"]), ONE, "1"),
        ("interactive", Given(["a"], tries=2, checked=["b"]), ONE, "0.34"),
        ("interactive", Given(["a"], tries=2, checked=["a"], fraction=Decimal("0.67")), ONE, "0.67"),
        ("adaptive", Given(["b"], tries=1, checked=["a"], fraction=ONE), NONE, "1"),
        ("certainty", Given(["b"], certainty=3), NONE, "-2"),
        ("certainty", Given(None, certainty=3), NONE, "0"),
    ],
)
def test_what_counts_in_the_end(behaviour, given, raw, worth):
    assert earned(Quiz(behaviour=behaviour, penalty=33), given, raw) == Decimal(worth)


# --- Checks ------------------------------------------------------------------------------------------------------
@pytest.fixture
def begin(enrolment, quiz):
    """`begin("interactive", tries=2)`: an attempt at the quiz with these settings."""

    def start_with(behaviour, **settings):
        for name, value in {"behaviour": behaviour, "penalty": 50, **settings}.items():
            setattr(quiz, name, value)
        quiz.save()
        return start(enrolment, quiz, at=NOON)

    return start_with


def give(attempt, position, answer, sequence, **more):
    save_answer(attempt, position, answer, sequence, at=NOON, **more)
    return attempt.responses.get(position=position)


def checked(attempt, position, answer, sequence):
    give(attempt, position, answer, sequence)
    told = check(attempt, position, at=NOON)
    return told.raw, told.tries_left, told.finished, sorted(told.see)


TOLD = ["answers", "feedback", "right"]
ALL_TOLD = ["answers", "explanation", "feedback", "right", "solution"]


def test_a_checked_answer_may_be_tried_again_until_the_tries_are_used_up(begin):
    attempt = begin("interactive", tries=2, review={"during": ["explanation", "solution"]})
    assert checked(attempt, 1, ["b"], 1) == (0, 1, False, TOLD)
    assert checked(attempt, 1, ["c"], 2) == (0, None, True, ALL_TOLD)
    with pytest.raises(Refused) as refusal:
        give(attempt, 1, ["a"], 3)
    assert (refusal.value.code, attempt.responses.get(position=1).answer) == ("finished", ["c"])


def test_a_right_answer_after_a_wrong_one_finishes_the_question_for_less(begin):
    attempt = begin("interactive", tries=3)
    checked(attempt, 1, ["b"], 1)
    assert checked(attempt, 1, ["a"], 2) == (1, None, True, TOLD)
    assert attempt.responses.get(position=1).fraction == HALF
    assert submit(attempt, at=NOON + MINUTE).score == Decimal("16.67")


def test_the_same_answer_checked_twice_is_one_try(begin):
    attempt = begin("interactive", tries=3)
    assert checked(attempt, 1, ["b"], 1) == checked(attempt, 1, ["b"], 2)
    assert attempt.responses.get(position=1).tries == 1


def test_the_best_try_counts_where_one_may_go_on_trying(begin):
    attempt = begin("adaptive")
    assert checked(attempt, 1, ["b"], 1) == (0, None, False, TOLD)
    assert checked(attempt, 1, ["a"], 2) == (1, None, False, TOLD)
    give(attempt, 1, ["d"], 3)
    assert submit(attempt, at=NOON + MINUTE).score == Decimal("16.67")


def test_a_solution_is_not_told_while_more_can_be_earned(begin):
    attempt = begin("adaptive", review={"during": ["solution", "explanation", "marks"]})
    assert checked(attempt, 1, ["b"], 1)[3] == ["answers", "feedback", "marks", "right"]
    assert "solution" in checked(attempt, 1, ["a"], 2)[3]


def test_who_hands_in_without_a_check_is_graded_all_the_same(begin):
    attempt = begin("interactive", tries=3)
    give(attempt, 1, ["a"], 1)
    assert submit(attempt, at=NOON + MINUTE).score == Decimal("33.33")


@pytest.mark.parametrize(
    ("behaviour", "answer", "code"), [("deferred", ["a"], "not_checked"), ("adaptive", None, "no_answer")]
)
def test_a_check_is_refused_by_name(begin, behaviour, answer, code):
    attempt = begin(behaviour)
    give(attempt, 1, answer, 1)
    with pytest.raises(Refused) as refusal:
        check(attempt, 1, at=NOON)
    assert (refusal.value.code, attempt.responses.get(position=1).tries) == (code, 0)


def test_nobody_checks_for_another(begin, hire):
    attempt = begin("adaptive")
    with pytest.raises(Response.DoesNotExist):
        check(Attempt(pk=attempt.pk, person=hire()), 1, at=NOON)


# --- Certainty ---------------------------------------------------------------------------------------------------
def test_certainty_is_kept_with_the_answer_and_counts(begin):
    attempt = begin("certainty")
    give(attempt, 1, ["a"], 1, certainty=3)
    give(attempt, 2, ["a", "b"], 2, certainty=2)
    give(attempt, 3, ["true"], 3, certainty=1)
    graded = submit(attempt, at=NOON + MINUTE)
    assert [float(one.fraction) for one in graded.responses.all()] == [1.0, 0.6667, 0.0]
    assert graded.score == Decimal("55.56")


def test_a_score_is_never_below_nothing(begin):
    attempt = begin("certainty")
    give(attempt, 1, ["b"], 1, certainty=3)
    assert submit(attempt, at=NOON + MINUTE).score == 0


def test_a_certainty_that_does_not_exist_is_refused(begin):
    attempt = begin("certainty")
    with pytest.raises(Refused):
        give(attempt, 1, ["a"], 1, certainty=4)


# --- Practice ----------------------------------------------------------------------------------------------------
def test_practice_tells_everything_costs_nothing_and_counts_nowhere(begin, enrolment):
    attempt = begin("deferred", practice=True, max_attempts=1)
    assert attempt.deadline is None
    raw, left, finished, see = checked(attempt, 1, ["b"], 1)
    assert (raw, left, finished, "solution" in see) == (0, None, False, True)
    checked(attempt, 1, ["a"], 2)
    ended = submit(attempt, at=NOON + MINUTE)
    assert (ended.state, ended.score, ended.passed, ended.submitted_at) == ("practised", Decimal("33.33"), None, None)
    assert list(Attempt.objects.graded()) == []


def test_practice_is_never_used_up_and_leaves_its_unit_read(begin, enrolment, quiz):
    submit(begin("deferred", practice=True, max_attempts=1, cooldown_minutes=60), at=NOON)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == NOON  # the only unit of the course
    assert start(enrolment, quiz, at=NOON + MINUTE).number == 2
