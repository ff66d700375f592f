"""What a figure is worth, and what are no bands."""

from decimal import Decimal

import pytest

from analytics.competency_bands.scoring import check_bands, kept, score_of, steps_of
from tests.analytics.competency_bands.conftest import USUAL, steps
from trainingsite.core.errors import Refused

FALLING = steps((None, 30), (3, 60), (1.5, 90))


@pytest.mark.parametrize(("figure", "score"), [(0, 30), (79.99, 30), (80, 60), (89.9999, 60), (90, 90), (100, 90)])
def test_where_higher_is_better_a_band_holds_what_reaches_it(metrics, figure, score):
    assert score_of(figure, USUAL, metrics["satisfaction"]) == score


@pytest.mark.parametrize(("figure", "score"), [(100, 30), (3.01, 30), (3, 60), (1.51, 60), (1.5, 90), (0, 90)])
def test_where_lower_is_better_the_figures_fall(metrics, figure, score):
    assert score_of(figure, FALLING, metrics["complaint-rate"]) == score


def test_bands_are_kept_exactly():
    assert kept(steps((None, 30), ("82.50", 100))) == [{"from": None, "score": "30"}, {"from": "82.5", "score": "100"}]
    assert steps_of(kept(FALLING)) == FALLING


@pytest.mark.parametrize(
    ("metric", "rows", "faults"),
    [
        ("satisfaction", [(None, 30), (90, 60), (80, 90)], [(3, "from")]),
        ("satisfaction", [(None, 30), (80, 60), (80, 90)], [(3, "from")]),
        ("complaint-rate", [(None, 30), (1, 60), (2, 90)], [(3, "from")]),
        ("satisfaction", [(None, 60), (80, 60)], [(2, "score")]),
        ("satisfaction", [(None, 60), (80, 40)], [(2, "score")]),
        ("satisfaction", [(10, 30), (80, 60)], [(1, "from")]),
        ("satisfaction", [(None, 30), (None, 60)], [(2, "from")]),
        ("satisfaction", [(None, 30), (101, 60)], [(2, "from")]),
        ("first-response-time", [(None, 30), (-1, 60)], [(2, "from")]),
        ("satisfaction", [(None, -1), (80, 101)], [(1, "score"), (2, "score")]),
    ],
)
def test_bands_that_do_not_follow_each_other_are_refused_at_the_row(metrics, metric, rows, faults):
    with pytest.raises(Refused) as refusal:
        check_bands(steps(*rows), metrics[metric])
    assert [(number, field) for number, field, _text in refusal.value.rows] == faults


@pytest.mark.parametrize("number", [1, 7])
def test_bands_are_two_to_six(metrics, number):
    with pytest.raises(Refused) as refusal:
        check_bands(steps(*((None if n == 0 else n, n) for n in range(number))), metrics["satisfaction"])
    assert refusal.value.code == "bands_number"


def test_seconds_may_be_more_than_a_hundred(metrics):
    check_bands(steps((None, 10), (300, 50), (Decimal("120.5"), 80)), metrics["first-response-time"])
