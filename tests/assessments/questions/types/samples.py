"""Contents of every type that machines mark, as authors give them: without ids."""

from assessments.questions.types.base import type_of

CHOICE = {"options": [{"text": "受理", "correct": True}, {"text": "拒绝"}, {"text": "转交主管"}]}
REPLIES = {
    "options": [
        {"text": "非常抱歉,我马上为您查物流,十分钟内回复您。", "credit": 100, "feedback": "先道歉,再给时限。"},
        {"text": "请您耐心等待。", "credit": 40},
        {"text": "物流的事不归我们管。", "credit": 0, "feedback": "推卸责任。"},
        {"text": "已为您查询。", "credit": 60},
    ]
}
PAIRS = {
    "stems": [
        {"text": "签收六天,商品完好", "match": "1"},
        {"text": "签收九天,商品破损", "match": "2"},
        {"text": "定制商品,没有问题", "match": "3"},
    ],
    "choices": [
        {"id": "1", "text": "无理由退货"},
        {"id": "2", "text": "质量问题退换"},
        {"id": "3", "text": "不支持退货"},
        {"id": "4", "text": "只换不退"},
    ],
}
STEPS = {"items": [{"text": text} for text in ("核对订单", "确认原因", "登记工单", "通知仓库")], "grading": "places"}
GAPS = {
    "text": "签收后 [[1]] 天内可以退货,运费由 [[2]] 承担,退款 [[3]] 到账。",
    "gaps": [
        {"id": "1", "mode": "typed", "answers": [{"text": "7"}, {"text": "七天内", "credit": 50}]},
        {
            "id": "2",
            "mode": "chosen",
            "options": [{"text": "买家", "correct": True}, {"text": "卖家"}, {"text": "平台"}],
        },
        {"id": "3", "mode": "typed", "answers": [{"text": "原路"}]},
    ],
}
STORY = {
    "parts": [
        {"kind": "single", "stem": "先做什么?", "content": CHOICE, "points": 2},
        {"kind": "matching", "stem": "怎样处理?", "content": PAIRS, "points": 3, "explanation": "看签收的天数。"},
        {"kind": "ordering", "stem": "按什么顺序?", "content": STEPS},
        {"kind": "gaps", "stem": "填空", "content": GAPS},
        {"kind": "true_false", "stem": "定制商品可以退。", "content": {"options": [{"id": "false", "correct": True}]}},
    ]
}
SHORT = {"answers": [{"text": "7天*"}, {"text": "一周", "credit": 50}], "synonyms": [["一周", "一个星期"]]}
NUMBER = {
    "answers": [{"value": "7", "tolerance": "0.5"}, {"value": "10", "credit": 40, "feedback": "那是换货。"}],
    "units": [{"name": "天", "factor": "1"}, {"name": "小时", "factor": "1/24"}],
    "unit": "optional",
}
SAMPLES = {
    "single": CHOICE,
    "multiple": {"options": [*CHOICE["options"], {"text": "请主管一起处理", "correct": True}]},
    "true_false": {"options": [{"id": "true", "correct": True}]},
    "best_reply": REPLIES,
    "matching": PAIRS,
    "ordering": STEPS,
    "gaps": GAPS,
    "short": SHORT,
    "numerical": NUMBER,
    "case": STORY,
}


def checked(kind, **changes):
    """The sample of the kind as it is kept."""
    return type_of(kind).check({**SAMPLES[kind], **changes})
