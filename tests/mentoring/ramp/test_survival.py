"""The curves against an independent computation with fractions, written out here, and against SciPy."""

from fractions import Fraction
from math import erfc, exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf, logrank

from mentoring.ramp.survival import Survival, log_rank, survival

Z = 1.959963984540054  # of 95 %


def by_hand(days, proficient):
    """Product of (1 - d/n) over the days on which somebody became proficient, with Greenwood's sum."""
    left, greenwood, steps = Fraction(1), Fraction(0), []
    for day in sorted({day for day, done in zip(days, proficient, strict=True) if done}):
        at_risk = sum(1 for other in days if other >= day)
        done = sum(1 for other, is_done in zip(days, proficient, strict=True) if is_done and other == day)
        left *= 1 - Fraction(done, at_risk)
        if at_risk > done:
            greenwood += Fraction(done, at_risk * (at_risk - done))
        steps.append((day, 1 - left, greenwood))
    return steps


def interval(share, greenwood):
    """On the log-log scale."""
    left = float(1 - share)
    spread = Z * sqrt(float(greenwood)) / log(left)
    bounds = [left ** exp(sign * spread) for sign in (-1, 1)]
    return 1 - max(bounds), 1 - min(bounds)


FREIREICH = [(6, 1), (6, 1), (6, 1), (7, 1), (10, 1), (13, 1), (16, 1), (22, 1), (23, 1)] + [
    (day, 0) for day in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
]  # 6-MP arm of the textbook's leukaemia trial (Freireich 1963): median 23, S(23) = 0.448
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def columns(pairs):
    return [day for day, _ in pairs], [bool(done) for _, done in pairs]


def test_textbook_curve():
    found = survival(*columns(FREIREICH))

    assert (found.people, found.proficient, found.median, found.median_low, found.median_high) == (21, 9, 23, 13, None)
    assert [(day, round(share, 3)) for day, share in zip(found.days, found.shares, strict=True)] == [
        (6, 0.143),
        (7, 0.193),
        (10, 0.247),
        (13, 0.310),
        (16, 0.373),
        (22, 0.462),
        (23, 0.552),
    ]


def test_textbook_log_rank():
    """Chi-squared 16.79 with one degree of freedom, as every textbook has it."""
    p = log_rank(columns(FREIREICH), (PLACEBO, [True] * 21))

    assert p == pytest.approx(erfc(sqrt(16.79 / 2)), rel=0.02)


def test_leavers_are_censored_not_dropped():
    """Dropped, the leavers would make the median 20; counted until they left, they make it 30."""
    days, done = [10, 20, 30, 40, 15, 15, 25], [True, True, True, True, False, False, False]

    found = survival(days, done)

    assert found.median == 30
    assert survival(days[:4], done[:4]).median == 20
    assert found.shares[0] == pytest.approx(1 / 7)
    assert found.shares[1] == pytest.approx(float(1 - Fraction(6, 7) * Fraction(3, 4)))


def test_share_by_a_day():
    found = survival([10, 20, 30, 40], [True] * 4)

    assert [found.share_by(day) for day in (9, 10, 29, 30, 100)] == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_nobody_proficient_has_no_curve_and_no_median():
    found = survival([5, 9], [False, False])

    assert found == Survival(2, 0, [], [], [], [])
    assert (found.median, found.median_low, found.median_high, found.share_by(9)) == (None, None, None, 0)


def test_everybody_on_one_day():
    """Nothing is left, so that the interval is as wide as can be."""
    found = survival([7, 7, 7], [True] * 3)

    assert (found.days, found.shares, found.lows, found.highs, found.median) == ([7], [1], [0], [1], 7)
    assert (found.median_low, found.median_high) == (7, None)


def test_cohorts_in_which_nobody_is_proficient_are_not_compared():
    assert log_rank(([5, 6], [False, False]), ([7], [False])) is None


def test_same_cohorts_do_not_differ():
    cohort = columns(FREIREICH)

    assert log_rank(cohort, cohort) == pytest.approx(1)


PEOPLE = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=40)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined:RuntimeWarning")
@settings(max_examples=25, deadline=None)
@given(PEOPLE)
def test_agrees_with_scipy(people):
    days, done = columns([*people, (31, 0)])  # one is left, so that all intervals are defined

    found = survival(days, done)

    curve = ecdf(CensoredData.right_censored(days, [not one for one in done])).sf
    low, high = curve.confidence_interval(method="log-log")
    steps = {day: index for index, day in enumerate(curve.quantiles)}
    at = [steps[day] for day in found.days]
    assert found.shares == pytest.approx(list(1 - curve.probabilities[at]))
    assert found.highs == pytest.approx(list(1 - low.probabilities[at]))
    assert found.lows == pytest.approx(list(np.maximum.accumulate(1 - high.probabilities[at])))


@settings(max_examples=25, deadline=None)
@given(PEOPLE, PEOPLE)
def test_log_rank_agrees_with_scipy(one, other):
    one, other = columns([*one, (5, 1), (31, 0)]), columns([*other, (6, 1), (31, 0)])
    samples = [CensoredData.right_censored(days, [not each for each in done]) for days, done in (one, other)]

    assert log_rank(one, other) == pytest.approx(float(logrank(*samples).pvalue))


@settings(max_examples=50, deadline=None)
@given(PEOPLE)
def test_agrees_with_fractions(people):
    days, done = columns(people)
    steps = by_hand(days, done)

    found = survival(days, done)

    assert found.days == [day for day, _share, _greenwood in steps]
    assert found.shares == pytest.approx([float(share) for _day, share, _greenwood in steps])
    halves = [day for day, share, _greenwood in steps if share >= Fraction(1, 2)]
    assert found.median == (halves[0] if halves else None)
    bounds = [interval(share, greenwood) for _day, share, greenwood in steps if share < 1]
    inner = slice(0, len(bounds))
    assert found.highs[inner] == pytest.approx([high for _low, high in bounds])
    # the lower bound of the share never falls again: later days can only show more who are proficient
    highest = [max(low for low, _high in bounds[: index + 1]) for index in range(len(bounds))]
    assert found.lows[inner] == pytest.approx(highest)
