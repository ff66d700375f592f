"""Best replies, and what is common to options."""

from decimal import Decimal

import pytest

from assessments.questions.types.base import Key, type_of
from tests.assessments.questions.types.samples import REPLIES, checked
from trainingsite.core.errors import Refused

REPLY = type_of("best_reply")
IDS = [row["id"] for row in checked("best_reply")["options"]]


def test_each_reply_earns_what_it_is_worth():
    content = checked("best_reply")
    assert [REPLY.grade(content, [key]) for key in IDS] == [1, Decimal("0.4"), 0, Decimal("0.6")]


def test_ids_come_from_the_words_and_stay_when_the_words_change():
    content = checked("best_reply")
    turned = REPLY.check({"options": list(reversed(REPLIES["options"]))})
    assert [row["id"] for row in turned["options"]] == IDS[::-1]
    content["options"][0]["text"] = "非常抱歉。"
    assert [row["id"] for row in REPLY.check(content)["options"]] == IDS


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([{"text": "好"}], "number_of_options"),
        ([{"text": "好", "credit": 100}, {"text": ""}], "empty_option"),
        ([{"text": "好的", "credit": 100}, {"text": " 好 的"}], "duplicate_option"),
        ([{"text": "好", "credit": 90}, {"text": "不好"}], "no_right_option"),
        ([{"text": "好", "credit": 101}, {"text": "不好"}], "credit"),
        ([{"text": "好", "credit": "半"}, {"text": "不好"}], "credit"),
        ([{"text": "好", "credit": 100, "id": "a"}, {"text": "不好", "id": "a"}], "duplicate_id"),
    ],
)
def test_replies_that_cannot_be_asked_fairly_are_refused(options, code):
    with pytest.raises(Refused) as refusal:
        REPLY.check({"options": options})
    assert (refusal.value.code, refusal.value.field) == (code, "options")


def test_two_replies_may_be_the_best():
    content = REPLY.check({"options": [{"text": "甲", "credit": 100}, {"text": "乙", "credit": "100"}]})
    assert [row["credit"] for row in content["options"]] == [100, 100]
    assert REPLY.guess(content) == 1


def test_the_guess_is_the_mean_and_the_keys_say_what_each_is_worth():
    content = checked("best_reply")
    assert REPLY.guess(content) == Decimal("0.5")
    assert REPLY.keys(content)[1] == Key("", IDS[1], "请您耐心等待。", Decimal("0.4"))
    assert REPLY.summary(content, [IDS[2]]) == "物流的事不归我们管。"


@pytest.mark.parametrize("given", [["x"], "x", [1], {"a": 1}, IDS[:2]])
def test_only_one_of_the_shown_replies_is_taken(given):
    with pytest.raises(Refused):
        REPLY.accept(checked("best_reply"), IDS, given)
    assert REPLY.accept(checked("best_reply"), IDS, []) is None
