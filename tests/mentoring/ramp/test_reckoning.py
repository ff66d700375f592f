"""Bands, smoothing and the day of proficiency; the run against its definition, taken word by word."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.ramp.reckoning import (
    Band,
    Ends,
    Judged,
    bands_by_day,
    curve,
    first_run,
    run_of,
    settled_band,
    smoothed,
    streak,
)

NO = np.nan
MIDDLE = Ends(25, 75)


def column(*values):
    return np.array(values, dtype=np.float64)


def test_smoothed_is_the_ratio_of_sums_of_the_last_three_days_with_readings():
    good, rated = column(9, 1, 10, 4), column(10, 2, 10, 4)

    assert smoothed(good, rated, 100).tolist() == pytest.approx([90, 1000 / 12, 2000 / 22, 1500 / 16])


@pytest.mark.parametrize("count", [1, 2])
def test_first_days_are_smoothed_over_what_there_is(count):
    assert smoothed(column(1, 3)[:count], column(2, 2)[:count]).tolist() == [0.5, 1.0][:count]


def test_curve_has_gaps_on_days_without_readings():
    found = curve([1, 4], column(80, 90), 5)

    assert np.array_equal(found, [80, NO, NO, 90, NO], equal_nan=True)


def test_band_of_a_day_needs_five_people():
    curves = np.array([[10.0, 10.0], [20, 20], [30, 30], [40, 40], [50, NO]])

    assert bands_by_day(curves, MIDDLE) == [Band(20, 30, 40, 5), None]


def test_settled_band_takes_all_later_days_together_and_counts_people():
    curves = np.array([[0.0, value, value + 1] for value in (10.0, 20, 30, 40)] + [[0.0, NO, 50]])

    assert settled_band(curves, 2, Ends(1, 99)) == pytest.approx((10.08, 30, 49.28, 5), abs=0.1)
    assert settled_band(curves[:4], 2, MIDDLE) is None


def test_percentiles_count_from_the_worse_end():
    curves = np.array([[float(value)] for value in range(0, 101, 10)])

    higher, lower = (bands_by_day(curves, Ends(20, 70, better))[0] for better in (False, True))

    assert (higher, lower) == (Band(20, 50, 70, 11), Band(30, 50, 80, 11))


def test_inside_is_as_good_as_the_worse_edge_and_better_than_the_band_counts():
    band = Band(80, 85, 90, 5)
    values = column(79, 80, 90, 99, NO)

    assert band.holds(values, lower_is_better=False).tolist() == [False, True, True, True, False]
    assert band.holds(values, lower_is_better=True).tolist() == [True, True, True, False, False]


SETTLED_BAND = Band(80, 85, 90, 5)


def judged(*figures, settled: Band | None = SETTLED_BAND, run_days=2):
    """One person whose figures (higher is better) are these, day by day."""
    judge = Judged(1, len(figures[0]))
    for values in figures:
        judge.add(np.array([values], dtype=np.float64), settled, lower_is_better=False)
    return judge.proficient_days(run_days)[0]


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ([81, 82, 83], 1),
        ([70, 81, 82], 2),
        ([81, 70, 81, 82], 3),
        ([81, NO, NO, 82], 1),
        ([NO, 81, NO, 70, 81], None),
        ([81], None),
        ([], None),
    ],
    ids=["at once", "later", "broken", "gap", "never twice", "too short", "no day"],
)
def test_proficient_on_the_first_day_of_the_first_run(values, day):
    assert judged(values) == day


def test_all_figures_have_to_be_inside():
    assert judged([81, 82, 83, 84], [70, 90, 70, 90]) is None
    assert judged([81, 82, 83, 84], [70, 90, 90, 70]) == 2


def test_a_day_on_which_a_figure_is_missing_neither_counts_nor_breaks_unless_another_is_outside():
    assert judged([81, 82, 83], [90, NO, 90]) == 1
    assert judged([81, 70, 83], [90, NO, 90]) is None


def test_without_a_settled_band_or_a_figure_nobody_is_proficient():
    assert judged([81, 82], settled=None) is None
    assert Judged(2, 3).proficient_days(1) == [None, None]


def test_run_ends_on_the_last_day_that_counts():
    inside, outside = (np.array(flags, dtype=bool) for flags in ([1, 0, 1, 0, 1, 1], [0, 1, 0, 0, 0, 0]))

    assert run_of(inside, outside, 2) == (3, 5)
    assert run_of(inside, outside, 4) is None


STATES = st.lists(st.sampled_from(["inside", "outside", "none"]), max_size=25)


def by_definition(states, run_days):
    """Every day as a beginning: the next so many days that are not "none", none of them outside."""
    for begin, state in enumerate(states):
        if state != "inside":
            continue
        known = [each for each in states[begin:] if each != "none"][:run_days]
        if len(known) == run_days and set(known) == {"inside"}:
            return begin + 1
    return None


@settings(max_examples=50, deadline=None)
@given(STATES, st.integers(1, 5))
def test_first_run_is_what_the_definition_says(states, run_days):
    inside, outside = (np.array([state == word for state in states], dtype=bool) for word in ("inside", "outside"))

    assert first_run(inside, outside, run_days) == by_definition(states, run_days)


@pytest.mark.parametrize(
    ("states", "days"),
    [("", 0), ("ii", 2), ("iio", 0), ("oi.i", 2), ("ioi", 1), ("..", 0)],
    ids=["none", "from the start", "just broken", "gaps", "broken once", "no readings"],
)
def test_streak_counts_days_inside_since_the_last_outside(states, days):
    inside, outside = (np.array([state == letter for state in states], dtype=bool) for letter in "io")

    assert streak(inside, outside) == days
