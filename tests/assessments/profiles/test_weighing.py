"""Weights that always add up to 100."""

from decimal import Decimal
from random import Random

import pytest

from assessments.profiles.weighing import evened, raised
from trainingsite.core.errors import Refused


def parts(*values):
    return [Decimal(str(value)) for value in values]


def test_live_stream_enquiries_get_half_as_much_again_and_the_others_make_room():
    assert raised(parts(20, 40, 40), 0, Decimal(50)) == parts(30, 35, 35)


def test_a_weight_can_be_lowered_too():
    assert raised(parts(50, 30, 20), 0, Decimal(-20)) == parts(40, 36, 24)


def test_what_rounding_leaves_over_goes_to_the_largest():
    assert evened(parts(1, 1, 1)) == parts(33.34, 33.33, 33.33)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [(["10", "30", "40"], ["12.5", "37.5", "50"]), (["0", "0"], ["50", "50"]), (["7"], ["100"]), ([], [])],
    ids=["in proportion", "none given", "only one", "no row"],
)
def test_weights_are_spread_to_a_hundred(weights, expected):
    assert evened(parts(*weights)) == parts(*expected)


@pytest.mark.parametrize(
    ("weights", "percent"),
    [(["60", "40"], 100), (["60", "40"], -100), (["100"], 50), (["60", "0"], 20), (["0", "100"], 50)],
    ids=["more than all", "nothing left", "alone", "others weigh nothing", "weighs nothing itself"],
)
def test_a_weight_for_which_there_is_no_room_is_refused(weights, percent):
    with pytest.raises(Refused) as refused:
        raised(parts(*weights), 0, Decimal(percent))
    assert (refused.value.code, refused.value.field) == ("no_room", "raise_by")


def test_the_sum_is_always_a_hundred():
    chance = Random(7)
    for _n in range(100):
        weights = evened([Decimal(chance.randint(1, 5000)) / 100 for _n in range(chance.randint(2, 20))])
        assert sum(weights) == 100
        try:
            new = raised(weights, 0, Decimal(chance.randint(-50, 60)))
        except Refused:
            continue
        assert (sum(new), min(new) > 0) == (100, True)
