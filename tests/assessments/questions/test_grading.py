from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import QuestionVersion
from assessments.questions.grading import fraction, percent
from assessments.questions.types.choice import truth
from tests.factories.assessments import options


def version(right: str, texts: str = "甲乙丙丁") -> QuestionVersion:
    return QuestionVersion(content={"options": options(*texts, right=right)})


@pytest.mark.parametrize(
    ("answer", "earned"), [(["b"], 1), (["a"], 0), ([], 0), (None, 0), (["a", "b"], 0), (["z"], 0)]
)
def test_single_choice_is_all_or_nothing(answer, earned):
    assert fraction("single", version("b"), answer) == earned


@pytest.mark.parametrize(("answer", "earned"), [(["true"], 0), (["false"], 1), (None, 0)])
def test_true_or_false_is_all_or_nothing(answer, earned):
    assert fraction("true_false", QuestionVersion(content=truth(answer=False)), answer) == earned


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (["a", "b", "c"], "1"),
        (["a", "b"], "0.6667"),
        (["a", "b", "d"], "0.3333"),
        (["a", "d"], "0"),
        (["d"], "0"),
        (["a", "b", "c", "d"], "0.6667"),
        (None, "0"),
    ],
)
def test_multiple_choice_takes_the_wrong_from_the_right(answer, earned):
    assert fraction("multiple", version("abc"), answer) == Decimal(earned)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(right=st.sets(st.sampled_from("abcde"), min_size=1), answer=st.sets(st.sampled_from("abcde")))
def test_a_multiple_choice_never_earns_less_than_none_or_more_than_all(right, answer):
    earned = fraction("multiple", version("".join(right), "甲乙丙丁戊"), sorted(answer))
    assert 0 <= earned <= 1
    assert (earned == 1) == (answer == right)


@pytest.mark.parametrize("right", ["ab", "abc"])
def test_ticking_everything_is_worth_less_than_knowing(right):
    assert fraction("multiple", version(right), list("abcd")) < 1


def test_an_answer_in_a_translation_counts_as_in_the_original():
    answers = [{"text": "退货", "credit": 100, "feedback": ""}]
    asked = QuestionVersion(content={"answers": answers, "synonyms": [], "case": False})
    assert [fraction("short", asked, said) for said in ("退货", "return", "换货")] == [1, 0, 0]
    asked.translations = {"en": {"texts": {"answers.1": "return"}}}
    assert [fraction("short", asked, said) for said in ("退货", "return", "换货")] == [1, 1, 0]


def test_what_people_mark_waits_for_them_in_every_language():
    essay = QuestionVersion(content={"rubric": None, "fewest": None, "most": None, "model": ""})
    essay.translations = {"en": {"stem": "Write", "texts": {"model": "Dear customer"}}}
    assert fraction("essay", essay, "您好") is None


def test_the_score_weighs_by_points_and_rounds_half_up():
    assert percent([(1, Decimal(1)), (2, Decimal("0.3333"))]) == Decimal("55.55")
    assert percent([(1, Decimal("0.8")), (1, Decimal("0.79991"))]) == Decimal("80.00")


def test_a_quiz_without_points_scores_nothing():
    assert percent([]) == 0
