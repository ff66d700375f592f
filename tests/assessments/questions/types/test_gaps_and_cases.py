"""Gaps and cases."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from assessments.questions.types.base import type_of
from tests.assessments.questions.types.samples import CHOICE, GAPS, STORY, checked
from trainingsite.core.errors import Refused

FILL, CASE = type_of("gaps"), type_of("case")
BUYER = checked("gaps")["gaps"][1]["options"][0]["id"]


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        ({"1": "7", "2": BUYER, "3": "原路"}, 1),
        ({"1": "７", "2": BUYER, "3": " 原路。"}, 1),
        ({"1": "七天内"}, "0.1667"),
        ({"1": "15", "2": "nobody"}, 0),
        ({"1": "17"}, 0),
        ({"2": BUYER}, "0.3333"),
        (None, 0),
    ],
)
def test_each_gap_earns_its_share(answer, earned):
    assert FILL.grade(checked("gaps"), answer) == Decimal(earned)


def test_only_chosen_gaps_can_be_guessed_and_counted():
    content = checked("gaps")
    assert FILL.guess(content) == Decimal("0.1111")
    assert [key.text for key in FILL.keys(content)] == ["买家", "卖家", "平台"]
    assert FILL.chosen(content, {"1": "7", "2": BUYER}) == [("2", BUYER)]
    assert FILL.summary(content, {"1": "7", "2": BUYER}) == "7；买家；–"


GAP = {"id": "1", "mode": "typed", "answers": [{"text": "7"}]}


@pytest.mark.parametrize(
    ("text", "gaps", "field", "code"),
    [
        ("没有空", [GAP], "text", "no_gap"),
        ("[[1]] [[1]]", [GAP], "text", "gaps"),
        ("".join(f"[[{n}]]" for n in range(21)), [GAP], "text", "gaps"),
        ("[[1]] [[2]]", [GAP], "gaps", "no_answers"),
        ("[[1]]", [GAP, {**GAP, "id": "2"}], "gaps", "no_mark"),
        ("[[1]]", [{**GAP, "answers": [{"text": " "}]}], "gaps", "no_answers"),
        ("[[1]]", [{**GAP, "answers": [{"text": "7", "credit": 50}]}], "gaps", "no_answers"),
        ("[[1]]", [{"id": "1", "mode": "chosen", "options": CHOICE["options"][1:]}], "gaps", "no_right_option"),
        (
            "[[1]]",
            [{"id": "1", "mode": "chosen", "options": [{"text": "a", "correct": True}]}],
            "gaps",
            "number_of_options",
        ),
    ],
)
def test_gaps_that_cannot_be_filled_are_refused(text, gaps, field, code):
    with pytest.raises(Refused) as refusal:
        FILL.check({"text": text, "gaps": gaps})
    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_gaps_stand_in_the_order_of_the_text():
    content = FILL.check({"text": "[[ b ]] [[a]]", "gaps": [{**GAP, "id": "a"}, {**GAP, "id": "b"}]})
    assert (content["text"], [gap["id"] for gap in content["gaps"]]) == ("[[b]] [[a]]", ["b", "a"])


@pytest.mark.parametrize("answer", [{"9": "7"}, {"1": 7}, {"1": "7" * 201}, {"2": "买家"}, "7", [7]])
def test_an_answer_that_was_not_offered_is_refused(answer):
    content = checked("gaps")
    with pytest.raises(Refused):
        FILL.accept(content, FILL.order(content, None), answer)


def test_a_translation_that_lost_a_gap_is_left_out():
    content = checked("gaps")
    assert FILL.with_texts(content, {"text": "Within [[1]] days"})["text"] == GAPS["text"]


def test_the_parts_of_a_case_weigh_as_much_as_their_points():
    content = checked("case")
    right = CASE.right(content)
    first, second, *_rest = (row["id"] for row in content["parts"])
    assert CASE.grade(content, {first: right[first]}) == Decimal("0.25")
    assert CASE.grade(content, {second: right[second]}) == Decimal("0.375")
    assert CASE.summary(content, {first: right[first]}) == "1. 受理"
    assert CASE.guess(content) == Decimal("0.2847")


@pytest.mark.parametrize(
    ("part", "code", "said"),
    [
        ({"kind": "essay"}, "kind", "2"),
        ({"kind": "case", "content": STORY}, "kind", "2"),
        ({"stem": "  "}, "empty", "2"),
        ({"points": 0}, "points", "2"),
        ({"points": "many"}, "points", "2"),
        ({"content": {"options": CHOICE["options"][1:]}}, "no_right_option", "2"),
        ({"content": []}, "number_of_options", "2"),
    ],
)
def test_what_is_wrong_in_a_part_is_said_with_its_number(part, code, said):
    good = {"kind": "single", "stem": "怎么办?", "content": CHOICE}
    with pytest.raises(Refused) as refusal:
        CASE.check({"parts": [good, {**good, **part}]})
    assert (refusal.value.field, refusal.value.code) == ("parts", code)
    assert said in str(refusal.value.message)


@pytest.mark.parametrize("parts", [[], [{"kind": "single", "stem": "?", "content": CHOICE}] * 21])
def test_a_case_has_one_to_twenty_questions(parts):
    with pytest.raises(Refused) as refusal:
        CASE.check({"parts": parts})
    assert refusal.value.code == "parts"


def test_a_form_that_claims_another_kind_is_refused():
    with pytest.raises(Refused):
        CASE.from_form(QueryDict("q-1-kind=a:essay"), "q-1")
