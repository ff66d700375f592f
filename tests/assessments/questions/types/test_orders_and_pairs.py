"""Matching and ordering: what the order of their parts must never tell."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.types.base import type_of
from tests.assessments.questions.types.samples import PAIRS, STEPS, checked
from trainingsite.core.errors import Refused

ORDERING, MATCHING = type_of("ordering"), type_of("matching")
texts = st.lists(st.text("退换货物流客户订单", min_size=1, max_size=6), min_size=2, max_size=10, unique=True)
seeds = st.one_of(st.none(), st.integers(0, 10_000))


def chance(seed):
    return None if seed is None else Random(seed)


@given(steps=texts, seed=seeds)
def test_steps_are_never_shown_in_the_right_order(steps, seed):
    content = ORDERING.check({"items": [{"text": text} for text in steps]})
    order = ORDERING.order(content, chance(seed))
    right = ORDERING.right(content)
    assert order != right
    assert sorted(order) == sorted(right)


@pytest.mark.parametrize("ids", [["1", "2", "3", "4"], ["a", "b", "c", "d"], ["item_1", "item_2", "item_3", "item_4"]])
def test_ids_that_go_up_with_the_steps_are_made_anew(ids):
    items = [{"id": key, "text": row["text"]} for key, row in zip(ids, STEPS["items"], strict=True)]
    assert ORDERING.check({"items": items, "grading": "places"}) == checked("ordering")


def test_ids_of_ours_stay_when_a_word_is_corrected():
    content = checked("ordering")
    before = [row["id"] for row in content["items"]]
    content["items"][0]["text"] = "核对订单号"
    assert [row["id"] for row in ORDERING.check(content)["items"]] == before


@pytest.mark.parametrize(
    ("grading", "places", "earned"),
    [
        ("places", "0123", 1),
        ("places", "1023", "0.5"),
        ("places", "0132", "0.5"),
        ("places", "1230", 0),
        ("exact", "0123", 1),
        ("exact", "0132", 0),
    ],
)
def test_steps_earn_their_places_or_all_or_nothing(grading, places, earned):
    content = checked("ordering", grading=grading)
    right = ORDERING.right(content)
    assert ORDERING.grade(content, [right[int(place)] for place in places]) == Decimal(earned)


def test_the_guess_of_an_order():
    assert ORDERING.guess(checked("ordering")) == Decimal("0.25")
    assert ORDERING.guess(checked("ordering", grading="exact")) == Decimal("0.0417")


def test_an_order_must_be_whole():
    content = checked("ordering")
    right = ORDERING.right(content)
    for given_order in (right[:3], [*right, right[0]], [right[0]] * 4, "abcd", [1, 2, 3, 4]):
        with pytest.raises(Refused):
            ORDERING.accept(content, right, given_order)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"items": [{"text": "一"}]}, "items", "number_of_options"),
        ({"items": [{"text": "一"}, {"text": "一"}]}, "items", "duplicate_option"),
        ({"grading": "mostly"}, "grading", "grading"),
    ],
)
def test_orders_that_cannot_be_asked_are_refused(changes, field, code):
    with pytest.raises(Refused) as refusal:
        checked("ordering", **changes)
    assert (refusal.value.field, refusal.value.code) == (field, code)


@given(words=texts, seed=seeds)
def test_choices_never_stand_beside_their_stems(words, seed):
    stems = [{"text": f"情形{n}", "match": str(n)} for n in range(len(words))]
    choices = [{"id": str(n), "text": text} for n, text in enumerate(words)]
    content = MATCHING.check({"stems": stems, "choices": choices})
    order, match = MATCHING.order(content, chance(seed)), MATCHING.right(content)
    assert [match[stem] for stem in order["stems"]] != order["choices"]
    assert sorted(order["choices"]) == sorted(row["id"] for row in content["choices"])


def test_ids_that_tell_the_pairs_are_made_anew():
    content = checked("matching")
    assert not {row["id"] for row in content["choices"]} & {"1", "2", "3", "4"}
    words = {row["id"]: row["text"] for row in content["choices"]}
    assert [words[row["match"]] for row in content["stems"]] == ["无理由退货", "质量问题退换", "不支持退货"]


def test_each_pair_earns_its_share_and_a_choice_may_be_shared():
    content = checked("matching")
    right = MATCHING.right(content)
    first, *_rest = right
    assert MATCHING.grade(content, {first: right[first]}) == Decimal("0.3333")
    assert MATCHING.grade(content, dict.fromkeys(right, right[first])) == Decimal("0.3333")
    shared = checked("matching", stems=[{"text": "甲", "match": "1"}, {"text": "乙", "match": "1"}])
    assert len(set(MATCHING.right(shared).values())) == 1
    assert MATCHING.guess(content) == Decimal("0.25")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"stems": [*PAIRS["stems"], {"text": "丁", "match": "9"}]}, "stems", "no_match"),
        ({"stems": [*PAIRS["stems"], {"text": "", "match": "1"}]}, "stems", "empty_option"),
        ({"stems": PAIRS["stems"][:1]}, "stems", "number_of_options"),
        ({"choices": [*PAIRS["choices"], {"id": "5", "text": "只换不退"}]}, "choices", "duplicate_option"),
    ],
)
def test_pairs_that_cannot_be_asked_are_refused(changes, field, code):
    with pytest.raises(Refused) as refusal:
        checked("matching", **changes)
    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_an_answer_for_another_stem_or_with_another_choice_is_refused():
    content = checked("matching")
    order, right = MATCHING.order(content, None), MATCHING.right(content)
    for answer in ({"x": "y"}, {next(iter(right)): "y"}, {next(iter(right)): ["y"]}, [1]):
        with pytest.raises(Refused):
            MATCHING.accept(content, order, answer)
    assert MATCHING.accept(content, order, dict.fromkeys(right, "")) is None
