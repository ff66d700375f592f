"""Which question is flagged for which reason, and what is said."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assessments.models import Question, QuestionFlag, QuestionVersion
from assessments.questions.filters import QuestionFilter
from assessments.questions.types.base import Key
from assessments.statistics.actions import count_changed
from assessments.statistics.flags import Choice, Finding, judge, words
from assessments.statistics.formulas import ItemFigures
from assessments.statistics.models import Reason
from tests.assessments.conftest import NOON
from tests.assessments.statistics.answering import answered, single

SOUND = ItemFigures(100, 80.0, 40.0, 35.0, 60.0, 10.0, 10.0, 25.0)


def option(key, n, share, *, right=False):
    return Choice(Key("", key, f"选项{key}", Decimal(int(right))), n, share)


SOUND_OPTIONS = [option("a", 80, 0.9, right=True), option("b", 12, 0.6), option("c", 8, 0.5)]


def reasons(figures=SOUND, options=SOUND_OPTIONS):
    return [finding.reason for finding in judge(figures, options)]


def test_a_sound_question_has_no_flag():
    assert reasons() == []


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"n": 29}, [Reason.TOO_FEW]),
        ({"facility": 24.9, "guess": 0.0}, [Reason.TOO_HARD]),
        ({"facility": 24.9}, [Reason.BELOW_GUESSING]),
        ({"facility": 98.0, "discrimination": 2.0}, [Reason.TOO_EASY]),
        ({"discrimination": -3.0}, [Reason.NEGATIVE]),
        ({"discrimination": 14.9}, [Reason.LOW]),
        ({"discrimination": None}, []),
    ],
)
def test_each_figure_has_its_limit(figures, expected):
    assert reasons(replace(SOUND, **figures)) == expected


def test_too_few_answers_say_nothing_else():
    assert reasons(replace(SOUND, n=5, facility=0.0, discrimination=-90.0)) == [Reason.TOO_FEW]


def test_an_option_nobody_chooses_is_named_when_enough_were_wrong():
    options = [option("a", 90, 0.9, right=True), option("b", 10, 0.6), option("c", 0, None)]
    assert judge(SOUND, options) == [Finding(Reason.DEAD_OPTION, 0, "选项c")]


def test_an_option_nobody_chooses_is_chance_when_few_were_wrong():
    assert reasons(options=[option("a", 91, 0.9, right=True), option("b", 9, 0.6), option("c", 0, None)]) == []


def test_a_wrong_option_of_the_better_ones_is_named():
    options = [option("a", 80, 0.7, right=True), option("b", 10, 0.8), option("c", 10, 0.5)]
    assert judge(SOUND, options) == [Finding(Reason.MISLEADING, 80.0, "选项b")]


def test_a_wrong_option_of_a_few_is_chance():
    options = [option("a", 86, 0.7, right=True), option("b", 4, 0.8), option("c", 10, 0.5)]
    assert reasons(options=options) == []


def test_parts_are_judged_each_by_itself():
    other = [replace(one, key=Key("2", one.key.key, one.key.text, one.key.fraction)) for one in SOUND_OPTIONS]
    dead = [replace(other[0], n=80), replace(other[1], n=20), replace(other[2], n=0, share=None)]
    assert reasons(options=[*SOUND_OPTIONS, *dead]) == [Reason.DEAD_OPTION]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said_in_a_sentence(reason):
    flag = QuestionFlag(reason=reason, number=-4.2, n=40, option="同意")
    assert "%(" not in words(flag)
    assert words(flag)


def test_counting_flags_the_questions(taken, asked):
    found = set(QuestionFlag.objects.values_list("question__code", "reason", "option"))
    assert {("pr-1", Reason.DEAD_OPTION, "转交主管"), ("pr-1", Reason.DEAD_OPTION, "不回复")} <= found
    assert not any(reason == Reason.TOO_FEW for _code, reason, _option in found)


def test_a_new_version_starts_anew(taken, asked):
    question = asked[0]
    question.current = QuestionVersion.objects.create(
        question=question, number=2, stem="新的题干", content=question.current.content
    )
    question.save()
    answered(taken, {question: single(True), asked[1]: single(True)})
    count_changed(at=NOON)
    assert list(question.flags.values_list("reason", "n")) == [(Reason.TOO_FEW, 1)]


def test_the_bank_s_list_can_be_narrowed_to_flagged_questions(taken, asked, hire):
    def found(flag):
        return sorted(QuestionFilter({"flag": flag}, Question.objects.all()).qs.values_list("code", flat=True))

    assert "pr-1" in found("any")
    assert found("dead_option").count("pr-1") == 1
    assert found("negative") == []
