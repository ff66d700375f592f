"""The best solution and the costs of others, against trying every way on small cases."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching.solving import Task, costs, solve

NOBODY = None
POINTS = st.integers(0, 80)


@st.composite
def tasks(draw):
    """Up to four mentees and three mentors, some pairs forbidden, some fixed (even where it is forbidden)."""
    mentees, mentors = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    grid = st.lists(st.lists(POINTS, min_size=mentors, max_size=mentors), min_size=mentees, max_size=mentees)
    scores = np.array(draw(grid), dtype=float)
    allowed = np.array(draw(st.lists(st.booleans(), min_size=scores.size, max_size=scores.size))).reshape(scores.shape)
    capacity = draw(st.lists(st.integers(1, 4), min_size=mentors, max_size=mentors))
    load = [draw(st.integers(0, most)) for most in capacity]
    places = [draw(st.integers(0, most - held)) for most, held in zip(capacity, load, strict=True)]
    task = Task(scores, allowed, places, load, capacity, draw(st.sampled_from([0, 5, 20, 60])))
    return with_fixed(task, draw)


def with_fixed(task, draw):
    fixed, left = {}, list(task.places)
    for row in range(len(task.scores)):
        choice = draw(st.sampled_from(["free", "free", NOBODY, *range(len(left))]))
        if choice is NOBODY:
            fixed[row] = NOBODY
        elif choice != "free" and left[choice]:
            fixed[row] = choice
            left[choice] -= 1
    return replace(task, fixed=fixed)


def worth(task, way):
    """(people with a mentor, points) of one way to share out, or None when it may not be."""
    for row, mentor in enumerate(way):
        if row in task.fixed:
            if task.fixed[row] != mentor:
                return None
        elif mentor is not NOBODY and not task.allowed[row, mentor]:
            return None
    counts = [way.count(mentor) for mentor in range(len(task.places))]
    if any(count > places for count, places in zip(counts, task.places, strict=True)):
        return None
    points = sum(task.scores[row, mentor] for row, mentor in enumerate(way) if mentor is not NOBODY)
    points += sum(task.place_points(mentor, nth) for mentor, count in enumerate(counts) for nth in range(count))
    return sum(mentor is not NOBODY for mentor in way), round(float(points), 6)


def best_by_trying(task):
    choices = [NOBODY, *range(len(task.places))]
    found = (worth(task, way) for way in product(choices, repeat=len(task.scores)))
    return max((each for each in found if each), default=None)


@settings(max_examples=50, deadline=None)
@given(tasks())
def test_no_way_is_better_than_the_one_found(task):
    solution = solve(task)

    assert worth(task, solution.assigned) == best_by_trying(task)
    assert solution.total == pytest.approx(worth(task, solution.assigned)[1], abs=1e-5)


@settings(max_examples=50, deadline=None)
@given(tasks())
def test_costs_are_what_solving_anew_with_the_pair_forced_loses(task):
    solution = solve(task)
    people, points = worth(task, solution.assigned)
    found = costs(task, solution, np.ones(task.allowed.shape, dtype=bool))

    for row, mentor in product(range(len(task.scores)), range(len(task.places))):
        forced = best_by_trying(replace(task, fixed={**task.fixed, row: mentor}))
        cost = None if forced is None else (people - forced[0], round(points - forced[1], 4))
        mine = (found.people[row, mentor], found.points[row, mentor])
        assert cost == (None if np.isnan(mine[0]) else (int(mine[0]), round(float(mine[1]), 4)))


def test_only_pairs_that_may_be_are_priced_unless_asked():
    task = task_of([[50, 80]], [1, 1], allowed=[[1, 0]])

    assert np.isnan(costs(task, solve(task)).points).tolist() == [[False, True]]
    assert costs(task, solve(task), np.ones((1, 2), dtype=bool)).points.tolist() == [[0, -30]]


def task_of(scores, places, *, allowed=None, load=None, capacity=None, load_weight=0.0, fixed=None):
    grid = np.array(scores, dtype=float)
    may = np.ones(grid.shape, dtype=bool) if allowed is None else np.array(allowed, dtype=bool)
    return Task(grid, may, places, load or [0] * len(places), capacity or places, load_weight, fixed or {})


def test_more_people_go_before_more_points():
    task = task_of([[80, 10], [75, 0]], [1, 1], allowed=[[1, 1], [1, 0]])

    assert solve(task).assigned == (1, 0)


def test_more_mentees_than_places_leave_the_ones_who_gain_least():
    assert solve(task_of([[50], [70], [60]], [2])).assigned == (None, 0, 0)


def test_even_load_spreads_people_whose_points_are_alike():
    task = task_of([[50, 50], [50, 50]], [2, 2], load_weight=20)

    assert sorted(solve(task).assigned) == [0, 1]
    assert solve(task).total == 140


def test_load_that_is_there_already_counts():
    task = task_of([[50, 50]], [1, 2], load=[2, 0], capacity=[3, 3], load_weight=30)

    assert solve(task).assigned == (1,)
    assert solve(task).total == 80


def test_fixed_pairs_stay_even_where_it_is_not_allowed():
    task = task_of([[80, 10], [75, 70]], [1, 1], allowed=[[1, 0], [1, 1]], fixed={0: 1})

    assert solve(task).assigned == (1, 0)


def test_who_is_fixed_to_nobody_is_left_over():
    assert solve(task_of([[80], [10]], [1], fixed={0: None})).assigned == (None, 0)


def test_more_fixed_than_places_is_refused():
    with pytest.raises(ValueError, match="more pairs are fixed"):
        solve(task_of([[1], [1]], [1], fixed={0: 0, 1: 0}))


def test_places_of_a_mentor_are_numbered_fixed_ones_first():
    solution = solve(task_of([[10], [10], [10]], [3], fixed={2: 0}))

    assert solution.nth == (1, 2, 0)


@pytest.mark.parametrize(("mentees", "places"), [(0, [1]), (2, [0, 0]), (2, [])])
def test_without_people_or_places_nobody_is_paired(mentees, places):
    task = task_of(np.zeros((mentees, len(places))), places, capacity=[1] * len(places))

    assert solve(task).assigned == (None,) * mentees
    assert costs(task, solve(task)).points.shape == (mentees, len(places))
