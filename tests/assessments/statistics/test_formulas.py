"""The formulas against figures worked out by hand, and against the standard library's own statistics."""

import statistics
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics import formulas
from assessments.statistics.formulas import Sums

# Five people, three questions of one point, worked out by hand:
#   person  q1  q2  q3  total
#   A       1   1   1   3
#   B       1   1   0   2
#   C       1   0   0   1
#   D       0   1   0   1
#   E       0   0   0   0
MARKS = [(1, 1, 1), (1, 1, 0), (1, 0, 0), (0, 1, 0), (0, 0, 0)]


def sums_of(pairs, possible=1):
    """Sums of (x, r) pairs of a question with that highest mark."""
    pairs = [(Fraction(x), Fraction(r)) for x, r in pairs]
    return Sums(
        len(pairs),
        Fraction(possible * len(pairs)),
        sum((x for x, _r in pairs), Fraction(0)),
        sum((x * x for x, _r in pairs), Fraction(0)),
        sum((r for _x, r in pairs), Fraction(0)),
        sum((r * r for _x, r in pairs), Fraction(0)),
        sum((x * r for x, r in pairs), Fraction(0)),
    )


def question(number):
    return [(row[number], sum(row) - row[number]) for row in MARKS]


def histogram(values):
    return Counter(Decimal(value) for value in values)


def of(number):
    pairs = question(number)
    return sums_of(pairs), histogram(x for x, _ in pairs), histogram(r for _, r in pairs)


def quiz():
    items = [sums_of(question(number)) for number in range(3)]
    variance = sum((item.variance for item in items), Fraction(0))
    return formulas.quiz_figures(histogram(sum(row) for row in MARKS), 3, 3, variance)


def test_facility_is_the_share_of_the_points():
    assert [formulas.facility(of(number)[0]) for number in range(3)] == [60.0, 60.0, 20.0]


def test_standard_deviation_of_a_question_by_hand():
    # q1: marks 1,1,1,0,0: Σ(x−0.6)² = 1.2; 1.2/4 = 0.3; √0.3 = 0.547723
    assert formulas.deviation(of(0)[0]) == 54.7723


def test_discrimination_by_hand():
    # q1 with r = 2,1,0,1,0 (mean 0.8): Σ(x−0.6)(r−0.8) = 3 − 5·0.6·0.8 = 0.6, cov 0.15; var r = (6−3.2)/4 = 0.7
    # 0.15 / √(0.3·0.7) = 0.327327
    assert formulas.discrimination(of(0)[0]) == 32.7327
    # q3 with r = 2,2,1,1,0 (mean 1.2): Σxr = 2, cov = (2−1.2)/4 = 0.2; var x = 0.2, var r = 0.7
    assert formulas.discrimination(of(2)[0]) == round(100 * 0.2 / (0.2 * 0.7) ** 0.5, 4)


def test_efficiency_by_hand():
    # q1 sorted: x 0,0,1,1,1 with r 0,0,1,1,2: Σ = 4, cov = (4−2.4)/4 = 0.4; 0.15/0.4
    assert formulas.efficiency(*of(0)) == 37.5
    # q3 sorted: x 0,0,0,0,1 with r 0,1,1,2,2: Σ = 2, as it is
    assert formulas.efficiency(*of(2)) == 100.0


def test_effective_weight_by_hand():
    # cov(x, t): q1 0.3+0.15 = 0.45, q2 the same, q3 0.2+0.2 = 0.4; roots 0.670820, 0.670820, 0.632456
    whole = 2 * 0.45**0.5 + 0.4**0.5
    expected = [round(100 * 0.45**0.5 / whole, 4)] * 2 + [round(100 * 0.4**0.5 / whole, 4)]
    assert formulas.effective_weights([of(number)[0] for number in range(3)], 5) == expected


def test_intended_weight_goes_by_points():
    heavy = sums_of(question(0), possible=3)
    assert formulas.intended_weights([heavy, of(1)[0]]) == [75.0, 25.0]


def test_weights_of_drawn_questions_count_as_often_as_they_were_asked():
    always, sometimes = sums_of([(1, 1), (0, 0)] * 5), sums_of([(1, 1), (0, 0)])
    assert formulas.intended_weights([always, sometimes]) == [round(1000 / 12, 4), round(200 / 12, 4)]
    effective = formulas.effective_weights([always, sometimes], 10)
    assert effective[0] > effective[1]
    assert sum(effective) == pytest.approx(100)


def test_figures_of_the_quiz_by_hand():
    # totals 3,2,1,1,0: mean 1.4; Σd² = 5.2, var 1.3; Σ var of questions 0.3+0.3+0.2 = 0.8
    # consistency 100·3/2·(1 − 0.8/1.3) = 57.6923; error ratio 100·√(1 − 0.576923) = 65.0444
    found = quiz()
    assert (found.n, found.mean, found.median) == (5, 46.6667, 33.3333)
    assert found.sd == round(100 * 1.3**0.5 / 3, 4)
    assert (found.consistency, found.error_ratio) == (57.6923, 65.0444)
    assert found.standard_error == round(65.0444 / 100 * found.sd, 4)


def test_skewness_and_kurtosis_by_hand():
    # d = 1.6, 0.6, −0.4, −0.4, −1.4: m2 = 1.04, m3 = 5·… : Σd³ = 4.096+0.216−0.064−0.064−2.744 = 1.44
    # k2 = 1.3, k3 = 25/(4·3)·0.288 = 0.6; skewness 0.6/1.3^1.5
    # Σd⁴ = 6.5536+0.1296+0.0256+0.0256+3.8416 = 10.576, m4 = 2.1152
    # k4 = 25/(4·3·2)·(6·2.1152 − 12·1.0816) = −0.3; kurtosis −0.3/1.69
    found = quiz()
    assert found.skewness == round(0.6 / 1.3**1.5, 4)
    assert found.kurtosis == round(-0.3 / 1.69, 4)


def test_nothing_is_said_where_nothing_differs():
    same = sums_of([(1, 2), (1, 2)])
    found = formulas.item_figures(same, histogram([1, 1]), histogram([2, 2]))
    assert (found.facility, found.sd, found.discrimination, found.efficiency) == (100.0, 0.0, None, None)
    assert formulas.quiz_figures(histogram([2, 2]), 3, 3, Fraction(0)).consistency is None


def test_nothing_is_said_of_nobody_and_little_of_one():
    assert formulas.quiz_figures({}, 0, 0, Fraction(0)) == formulas.QuizFigures(0)
    one = formulas.quiz_figures(histogram([2]), 4, 2, Fraction(0))
    assert (one.mean, one.median, one.sd, one.skewness, one.kurtosis) == (50.0, 50.0, None, None, None)
    alone = formulas.item_figures(sums_of([(1, 1)]), histogram([1]), histogram([1]))
    assert (alone.facility, alone.sd, alone.discrimination) == (100.0, None, None)


def test_a_negative_covariance_has_no_weight():
    against = sums_of([(1, 0), (0, 5)])
    assert formulas.effective_weights([against, sums_of([(1, 1), (0, 0)])], 2) == [None, 100.0]


marks = st.decimals(min_value=0, max_value=5, places=4)
answers = st.lists(st.tuples(marks, marks), min_size=3, max_size=40)


def floats(pairs):
    return [float(x) for x, _ in pairs], [float(r) for _, r in pairs]


@given(answers)
def test_discrimination_is_the_correlation(pairs):
    xs, rs = floats(pairs)
    found = formulas.discrimination(sums_of(pairs, 5))
    if len(set(xs)) == 1 or len(set(rs)) == 1:
        assert found is None
    elif statistics.pstdev(xs) > 0.01 and statistics.pstdev(rs) > 0.01:
        assert found == pytest.approx(100 * statistics.correlation(xs, rs), abs=1e-3)


@given(answers)
def test_efficiency_is_the_covariance_out_of_the_sorted_one(pairs):
    xs, rs = floats(pairs)
    found = formulas.efficiency(sums_of(pairs, 5), histogram(x for x, _ in pairs), histogram(r for _, r in pairs))
    best = statistics.covariance(sorted(xs), sorted(rs))
    if found is not None and best > 1e-4:
        assert found == pytest.approx(100 * statistics.covariance(xs, rs) / best, abs=1e-2)
        assert found <= 100


@given(answers)
def test_sorted_product_is_that_of_the_sorted_lists(pairs):
    xs, rs = [Fraction(x) for x, _ in pairs], [Fraction(r) for _, r in pairs]
    expected = sum((x * r for x, r in zip(sorted(xs), sorted(rs), strict=True)), Fraction(0))
    assert formulas.sorted_product(histogram(x for x, _ in pairs), histogram(r for _, r in pairs)) == expected


@given(answers, st.integers(min_value=0, max_value=40))
def test_sums_of_parts_are_the_sums_of_the_whole(pairs, place):
    assert sums_of(pairs[:place], 5) + sums_of(pairs[place:], 5) == sums_of(pairs, 5)


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=4, max_size=50))
def test_mean_median_and_deviation_are_the_library_s(totals):
    found = formulas.quiz_figures(histogram(totals), 20, 4, Fraction(1))
    assert found.mean == pytest.approx(5 * statistics.fmean(totals), abs=1e-3)
    assert found.median == pytest.approx(5 * statistics.median(totals), abs=1e-3)
    assert found.sd == pytest.approx(5 * statistics.stdev(totals), abs=1e-3)


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=4, max_size=50))
def test_a_mirrored_distribution_leans_the_other_way_and_is_as_pointed(totals):
    found = formulas.quiz_figures(histogram(totals), 20, 4, Fraction(1))
    mirrored = formulas.quiz_figures(histogram(20 - total for total in totals), 20, 4, Fraction(1))
    if found.skewness is not None:
        assert mirrored.skewness == pytest.approx(-found.skewness)
        assert mirrored.kurtosis == pytest.approx(found.kurtosis)


@given(st.lists(st.lists(st.integers(min_value=0, max_value=1), min_size=4, max_size=4), min_size=5, max_size=40))
def test_consistency_is_cronbach_s_alpha(rows):
    columns = list(zip(*rows, strict=True))
    totals = [sum(row) for row in rows]
    variance = sum((Fraction(statistics.variance(map(Fraction, column))) for column in columns), Fraction(0))
    found = formulas.quiz_figures(histogram(totals), 4, 4, variance)
    if len(set(totals)) == 1:
        assert found.consistency is None
    else:
        alpha = 4 / 3 * (1 - sum(statistics.variance(column) for column in columns) / statistics.variance(totals))
        assert found.consistency == pytest.approx(100 * alpha, abs=1e-2)
