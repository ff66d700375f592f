"""Short answers."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from assessments.questions.types.base import type_of
from assessments.questions.types.short import LONGEST, ShortForm
from tests.assessments.questions.types.samples import SHORT, checked
from trainingsite.core.errors import Refused

TYPED = type_of("short")


def content(*answers, **more):
    rows = [row if isinstance(row, dict) else {"text": row} for row in answers]
    return TYPED.check({"answers": rows, **more})


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        ("7天", 1),
        ("七天之内", 1),
        ("７ 天。", 1),
        ("17天", 0),
        ("7.5天", 0),
        ("一个星期", "0.5"),
        ("一個星期", "0.5"),
        ("两个星期", 0),
        (None, 0),
    ],
)
def test_the_first_answer_that_fits_decides(answer, earned):
    assert TYPED.grade(checked("short"), answer) == Decimal(earned)


def test_an_answer_without_points_above_can_forbid_what_a_wildcard_would_let_through():
    forbids = content({"text": "*不*", "credit": 0, "feedback": "可以退。"}, "*退货*")
    assert [TYPED.grade(forbids, text) for text in ("可以退货", "不能退货")] == [1, 0]
    assert TYPED.told(forbids, [], "不能退货")["feedback"] == "可以退。"


def test_case_counts_only_when_the_author_wants_it():
    assert [TYPED.grade(content("SKU", case=flag), "sku") for flag in (False, True)] == [1, 0]


def test_what_is_checked_is_tidy():
    given = {"answers": [{"text": " 退货 \x00"}], "synonyms": [["退货", " 退回商品 ", ""], []], "case": 1}
    assert TYPED.check(given) == {
        "answers": [{"text": "退货", "credit": 100, "feedback": ""}],
        "synonyms": [["退货", "退回商品"]],
        "case": True,
    }


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"answers": []}, "number_of_answers", "answers"),
        ({"answers": [{"text": " 。"}, {"text": " "}]}, "empty_answer", "answers"),
        ({"answers": [{"text": "七天"}, {"text": "7天"}]}, "duplicate_answer", "answers"),
        ({"answers": [{"text": "7", "credit": 50}]}, "no_right_answer", "answers"),
        ({"answers": [{"text": "7", "credit": 101}]}, "credit", "answers"),
        ({"answers": [{"text": "＊ *"}]}, "accepts_everything", "answers"),
        ({"answers": [{"text": "x" * (LONGEST + 1)}]}, "too_long", "answers"),
        ({"answers": [{"text": "7"}], "synonyms": [["退货"]]}, "one_word", "synonyms"),
        ({"answers": [{"text": "7"}], "synonyms": "退货"}, "shape", "synonyms"),
        ({"answers": [{"text": "7"}], "synonyms": [[1, 2]]}, "shape", "synonyms"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(given, code, field):
    with pytest.raises(Refused) as refusal:
        TYPED.check(given)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize("given", [3, ["7"], {"text": "7"}, True, "x" * (LONGEST + 1)])
def test_an_answer_of_another_shape_is_refused(given):
    with pytest.raises(Refused):
        TYPED.accept(checked("short"), [], given)


def test_what_no_database_keeps_is_taken_out_of_an_answer():
    assert TYPED.accept(checked("short"), [], " 7\x00天\ud800 ") == "7天"
    assert TYPED.accept(checked("short"), [], "\x00 ") is None


def test_the_form_shows_synonyms_as_lines_and_reads_them_back():
    shown = ShortForm.shown(checked("short"))
    assert shown["synonyms"] == "一周，一个星期"
    read = ShortForm.content({**shown, "synonyms": "一周、一个星期\n\n退货=退回商品"})
    assert TYPED.check(read)["synonyms"] == [["一周", "一个星期"], ["退货", "退回商品"]]


def test_a_wildcard_is_not_part_of_the_right_answer():
    assert [TYPED.right(content(text)) for text in ("7天*", r"3\*5", "*退货*款")] == ["7天", "3*5", "退货款"]


def test_the_page_escapes_what_was_typed():
    parts = TYPED.asked(checked("short"), [], '"><script>')
    html = render_to_string(TYPED.ask_template, {"parts": parts, "name": "q-1"})
    assert "<script>" not in html
    assert SHORT["answers"][0]["text"] not in html
