import pytest

from mentoring.careers import plugs
from trainingsite.notices.kinds import words

FACTS = {"name": "王小明", "by": "李主管", "step": "客服专员 P2 → 高级客服专员 P3"}
STEP = FACTS["step"]


@pytest.mark.parametrize(
    ("kind", "more", "subject", "body"),
    [
        ("nomination_made", {}, "李主管提名王小明晋升，请审批", STEP),
        ("promotion", {"on": "2026-07-01"}, "你的晋升已获批准，2026年7月1日 起生效", STEP),
        ("promotion_off", {}, f"你的晋升已取消：{STEP}", ""),
        ("nomination_approved", {"on": "2026-07-01"}, "对王小明的晋升提名已批准，2026年7月1日 起生效", STEP),
        ("nomination_declined", {"why": "再积累半年"}, "对王小明的晋升提名未获批准", f"{STEP}。原因：再积累半年"),
        ("nomination_withdrawn", {}, "李主管撤回了对王小明的晋升提名", STEP),
        ("nomination_lapsed", {"why": "该阶梯已停用。"}, "对王小明的晋升提名已失效", f"{STEP}。原因：该阶梯已停用。"),
        ("nomination_applied", {}, "王小明今天起任新岗位", STEP),
    ],
)
def test_each_notice_says_what_happened_and_of_which_step(kind, more, subject, body):
    assert words(kind, FACTS | more)[:2] == (subject, body)


def test_what_careers_plug_in_is_named():
    assert plugs.__all__ == ["asks", "notices", "panels"]
