"""Numbers with tolerance and unit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.types.base import type_of
from assessments.questions.types.numerical import UnitRow, exact, read
from tests.assessments.questions.types.samples import NUMBER, checked
from trainingsite.core.errors import Refused

COUNT = type_of("numerical")


def content(value="7", tolerance="0", **more):
    return COUNT.check({"answers": [{"value": value, "tolerance": tolerance}], **more})


READ = {
    "7": (7, ""),
    "７": (7, ""),
    "七": (7, ""),
    "十五天": (15, "天"),
    "7 天": (7, "天"),
    "7.50元": (Fraction("7.5"), "元"),
    "1,000.5 元": (Fraction("1000.5"), "元"),
    "¥5": (5, "¥"),
    "-3": (-3, ""),
    "−3℃": (-3, "°C"),
    "+3": (3, ""),
    "95％": (95, "%"),
    "百分之九十五": (95, "%"),
    "三分之一": (Fraction(1, 3), ""),
    ".5": (Fraction("0.5"), ""),
    "1.5e3": (1500, ""),
    "3万": (30000, ""),
    "2e-1": (Fraction("0.2"), ""),
}
NO_NUMBERS = ["", "天", "7到8", "7 8", "1,00", "7天8", "元7天", "1/0", "--3", "1.2.3", "七八天", "NaN", "inf", "9" * 41]


@pytest.mark.parametrize(("text", "found"), READ.items())
def test_a_number_is_read_with_its_unit(text, found):
    assert read(text) == found


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_single_number_is_not_read(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        ("7", 1),
        ("七天", 1),
        ("7.5", 1),
        ("7.51", 0),
        ("168小时", 1),
        ("156 小时", 1),
        ("155 小时", 0),
        ("10天", "0.4"),
        ("7周", 0),
        ("seven", 0),
        (None, 0),
    ],
)
def test_the_first_number_within_its_tolerance_decides(answer, earned):
    assert COUNT.grade(checked("numerical"), answer) == Decimal(earned)


@pytest.mark.parametrize(("mode", "alone", "with_unit"), [("none", 1, 0), ("optional", 1, 1), ("required", 0, 1)])
def test_a_unit_is_wanted_allowed_or_too_much(mode, alone, with_unit):
    asked = content(unit=mode, units=[{"name": "天"}])
    assert [COUNT.grade(asked, text) for text in ("7", "7天", "7周")] == [alone, with_unit, 0]
    assert COUNT.grade(asked, COUNT.right(asked)) == 1


@given(st.decimals(-10_000, 10_000, places=4), st.decimals(-10_000, 10_000, places=4), st.decimals(0, 10, places=4))
def test_the_tolerance_is_exact(value, answer, tolerance):
    asked = content(str(value), str(tolerance))
    assert COUNT.grade(asked, str(answer)) == (abs(value - answer) <= tolerance)


@given(st.text("0123456789.,-+/e七十百 天%", max_size=12))
def test_any_text_is_a_number_or_none_and_never_a_fault(text):
    found = read(text)
    assert found is None or isinstance(found[0], Fraction)


def test_what_is_checked_is_tidy():
    given = {
        "answers": [{"value": "１,000.50"}],
        "units": [{"name": " 元 "}, {"name": "角", "factor": "0.1"}],
        "unit": "optional",
    }
    assert COUNT.check(given) == {
        "answers": [{"value": "1000.5", "tolerance": "0", "credit": 100, "feedback": ""}],
        "units": [{"name": "元", "factor": "1"}, {"name": "角", "factor": "0.1"}],
        "unit": "optional",
    }
    assert COUNT.check({**given, "unit": "none"})["units"] == []


ONE = [{"value": "7"}]


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"answers": []}, "number_of_answers", "answers"),
        ({"answers": [{"value": "七八"}]}, "no_number", "answers"),
        ({"answers": [{"value": "7天"}]}, "no_number", "answers"),
        ({"answers": [{"value": "1/3"}]}, "no_number", "answers"),
        ({"answers": [{"value": "7", "tolerance": "-1"}]}, "bad_tolerance", "answers"),
        ({"answers": [{"value": "7", "tolerance": "x"}]}, "bad_tolerance", "answers"),
        ({"answers": [{"value": "7", "credit": 30}]}, "no_right_answer", "answers"),
        ({"answers": ONE, "unit": "perhaps"}, "shape", "unit"),
        ({"answers": ONE, "unit": "required"}, "no_unit", "units"),
        ({"answers": ONE, "unit": "required", "units": [{"name": "天"}, {"name": "天 "}]}, "duplicate_unit", "units"),
        ({"answers": ONE, "unit": "required", "units": [{"name": "7"}]}, "bad_unit", "units"),
        ({"answers": ONE, "unit": "required", "units": [{"name": "天", "factor": "0"}]}, "bad_factor", "units"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(given, code, field):
    with pytest.raises(Refused) as refusal:
        COUNT.check(given)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_factor_is_kept_as_a_decimal_and_counts_as_the_fraction_it_came_from():
    kept = content(unit="required", units=[{"name": "天"}, {"name": "小时", "factor": "1/24"}])
    assert kept["units"][1]["factor"].startswith("0.0416666666666")
    assert COUNT.check(kept) == kept
    assert [COUNT.grade(kept, text) for text in ("168小时", "167小时")] == [1, 0]
    assert UnitRow.shown(kept["units"][1])["factor"] == "1/24"
    assert [exact(text) for text in ("0.1", "0.0000000000001")] == [Fraction(1, 10), Fraction(1, 10**13)]


def test_a_number_may_be_given_as_a_number():
    assert [COUNT.accept(checked("numerical"), [], each) for each in (7, 7.5, None, "")] == ["7", "7.5", None, None]
    with pytest.raises(Refused):
        COUNT.accept(checked("numerical"), [], True)


def test_the_review_says_when_it_was_no_number():
    told = [COUNT.told(checked("numerical"), [], text) for text in ("seven", "8", None)]
    assert [each["is_number"] for each in told] == [False, True, True]
    assert COUNT.told(checked("numerical"), [], "10")["feedback"] == NUMBER["answers"][1]["feedback"]
