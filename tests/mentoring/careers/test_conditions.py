import pytest
from django.utils import translation

from mentoring.careers.conditions import Condition, Kind, Standing


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition("fit", 80, 79.96, met=False), ("岗位匹配度", "80 %", "79.9 %", 99)),
        (Condition("competency", 4, 2, met=False, name="共情"), ("共情", "4 级", "2 级", 50)),
        (Condition("competency", 4, 0, met=False, name="共情"), ("共情", "4 级", "–", 0)),
        (Condition("certificate", 1, 1, met=True, name="投诉认证"), ("证书“投诉认证”", "有效", "已取得", 100)),
        (Condition("certificate", 1, 0, met=False, name="投诉认证"), ("证书“投诉认证”", "有效", "未取得", 0)),
        (Condition("points", 12000, 9000.7, met=False), ("能力积分", "12,000 分", "9,000.7 分", 75)),
        (Condition("months", 6, 0, met=False), ("任职时间", "6 个月", "0 个月", 0)),
        (Condition("appraisal", 75, None, met=False), ("评估得分", "75 %", "–", 0)),
    ],
)
def test_a_condition_says_what_is_needed_and_what_is_there(condition, said):
    assert (condition.text, condition.need_text, condition.now_text, condition.share) == said


def test_what_was_kept_reads_in_the_language_of_its_reader():
    kept = Standing((Condition("months", 6, 3, met=False),)).kept()

    with translation.override("en"):
        [condition] = Standing.of(kept).conditions
        assert (condition.text, condition.need_text, condition.now_text) == ("Time in the job", "6 months", "3 months")


def test_a_standing_counts_what_is_met_and_how_near_the_rest_is():
    standing = Standing((Condition("months", 6, 6, met=True), Condition("points", 100, 50, met=False)))

    assert (standing.met, standing.total, standing.share, standing.is_ready) == (1, 2, 75.0, False)
    assert [condition.kind for condition in standing.missing] == ["points"]
    assert Standing(()).is_ready is True


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_an_icon(kind):
    assert Condition(kind, 1, None, met=False).icon


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition("points", 40, 319.68, met=True), "319.6 / 40 needed"),
        (Condition("points", 1200, None, met=False), "0 / 1,200 needed"),
        (Condition("months", 12, 5, met=False), "5 months of 12 months"),
        (Condition("certificate", 1, 0, met=False, name="x"), "missing"),
    ],
    ids=["more points", "no points", "months", "certificate"],
)
def test_what_is_there_stands_beside_what_is_needed(condition, said):
    with translation.override("en"):
        assert condition.standing_text == said
