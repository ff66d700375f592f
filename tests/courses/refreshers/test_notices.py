"""What people read of refreshers, in their own language."""

import pytest
from django.utils import translation

from courses.refreshers.notices import kinds
from trainingsite.notices.kinds import words

FACTS = {"title": "平台规则月度复训", "about": "七天无理由退货", "on": "2026-06-01", "due_on": "2026-06-15"}
SAID = [
    ("refresher_announced", {}, "“平台规则月度复训”将于 2026年6月1日 开始"),
    ("refresher", {}, "复训“平台规则月度复训”已开放，请在 2026年6月15日 前完成"),
    ("refresher_skipped", {}, "2026年6月1日 的“平台规则月度复训”取消"),
    (
        "refresher_moved",
        {"before": "2026-05-25"},
        "2026年5月25日 的“平台规则月度复训”改到 2026年6月1日",
    ),
    ("refresher_due", {"days": 3}, "“平台规则月度复训”还有 3 天截止（2026年6月15日）"),
    ("refresher_due", {"days": 0}, "“平台规则月度复训”今天截止"),
    (
        "refresher_missing",
        {"people": 2, "names": ["张三", "李四"]},
        "您团队有 2 人还没完成“平台规则月度复训”，截止日期 2026年6月15日",
    ),
    ("refresher_problem", {"said": "教室已停用。"}, "2026年6月1日 的“平台规则月度复训”无法开放：教室已停用。"),
    (
        "refresher_short",
        {"seats": 8, "people": 30},
        "“平台规则月度复训”（2026年6月1日）有 8 个名额、30 人，改为报名参加",
    ),
    (
        "refresher_short",
        {"seats": None, "people": 30},
        "“平台规则月度复训”（2026年6月1日）：30 人不能同时离岗，改为报名参加",
    ),
    ("refresher_sign_up", {}, "“平台规则月度复训”定于 2026年6月1日，请报名"),
]


@pytest.mark.parametrize(("kind", "more", "said"), SAID)
def test_each_notice_says_what_it_is_about(kind, more, said):
    assert words(kind, {**FACTS, **more})[0] == said


@pytest.mark.parametrize(("kind", "more", "said"), SAID)
def test_each_notice_is_said_in_english_too(kind, more, said):
    with translation.override("en"):
        subject = words(kind, {**FACTS, **more})[0]

    assert "平台规则月度复训" in subject
    assert subject != said


def test_every_kind_is_told_here():
    assert {kind for kind, _more, _said in SAID} == {kind for kind, _what in kinds()}


def test_notice_of_the_last_release_still_says_what_it_said():
    old = {"course": "七天无理由退货", "due_on": "2026-06-15"}

    assert words("refresher", old)[0] == "复训：请在 2026年6月15日 前完成“七天无理由退货”的测验"


def test_supervisors_see_the_names_below():
    facts = {**FACTS, "people": 2, "names": ["张三", "李四"]}

    assert words("refresher_missing", facts)[1] == "张三、李四"
