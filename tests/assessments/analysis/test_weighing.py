"""The rule by which answers make a strength."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis.weighing import Evidence, Strength, strengths


def answers(number, fraction=1.0, *, difficulty=1, days=0.0, competency=1):
    return [Evidence(competency, fraction, difficulty, days)] * number


def test_below_five_answers_nothing_is_said():
    assert strengths(answers(4)) == {1: Strength(None, 4)}
    assert strengths(answers(5)) == {1: Strength(100.0, 5)}


def test_hard_questions_count_three_times_as_much_as_easy_ones():
    found = strengths([*answers(3, 1.0, difficulty=3), *answers(3, 0.0, difficulty=1)])
    assert found == {1: Strength(75.0, 6)}


def test_an_answer_counts_half_after_half_a_year():
    found = strengths([*answers(4, 0.0, days=180), *answers(2, 1.0)])
    assert found == {1: Strength(50.0, 6)}


def test_an_answer_that_cost_points_earned_nothing():
    assert strengths([*answers(5, -1.0), *answers(5, 1.0)]) == {1: Strength(50.0, 10)}


def test_each_competency_stands_for_itself():
    found = strengths([*answers(5, 1.0, competency=1), *answers(5, 0.5, competency=2)])
    assert {key: one.percent for key, one in found.items()} == {1: 100.0, 2: 50.0}


@pytest.mark.parametrize(("percent", "weak"), [(None, False), (84.9, True), (85.0, False)])
def test_weak_is_what_is_below_the_mark(percent, weak):
    assert Strength(percent, 9).is_weak is weak


fractions = st.floats(min_value=0, max_value=1)
evidence = st.builds(Evidence, st.just(1), fractions, st.integers(1, 3), st.floats(min_value=0, max_value=900))


@given(st.lists(evidence, min_size=5, max_size=40), st.floats(min_value=0, max_value=300))
def test_time_alone_changes_no_strength(rows, later):
    older = [Evidence(1, one.fraction, one.difficulty, one.days + later) for one in rows]
    assert strengths(older)[1].percent == pytest.approx(strengths(rows)[1].percent, abs=0.11)


@given(st.lists(evidence, min_size=5, max_size=40))
def test_a_better_answer_never_weakens(rows):
    better = [Evidence(1, 1.0, rows[0].difficulty, rows[0].days), *rows[1:]]
    assert strengths(better)[1].percent >= strengths(rows)[1].percent
