"""Questions of every type as entries, and what tells two entries apart whatever the ids of their parts."""

from assessments.exchange.parsed import Attachment

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PICTURE = Attachment("退货 页面.png", PNG)


def find(short):
    return PICTURE if short == PICTURE.short else None


def options(*rows):
    return {
        "options": [{"text": text, "correct": right, **more} for text, right, *rest in rows for more in [*rest, {}][:1]]
    }


SINGLE = options(
    ("受理 *七天* 退货", True, {"feedback": "对:七日内"}), ("<拒绝> & 解释", False), ("转交{主管}~#=:", False)
)
PAIRS = {
    "stems": [
        {"id": "s1", "text": "包裹破损", "match": "c1"},
        {"id": "s2", "text": "物流丢件", "match": "c1"},
        {"id": "s3", "text": "发票抬头", "match": "c2"},
    ],
    "choices": [{"id": "c1", "text": "物流"}, {"id": "c2", "text": "财务"}, {"id": "c3", "text": "仓库"}],
}
STEPS = {"items": [{"text": "倾听"}, {"text": "致歉"}, {"text": "核实"}], "grading": "places"}
CONTENTS = {
    "single": SINGLE,
    "multiple": options(
        ("鲜活易腐", True), ("定作", True), ("在线下载", True), ("毛衣", False, {"feedback": "毛衣可以退"})
    ),
    "true_false": {
        "options": [{"id": "true", "correct": False, "feedback": "不可以"}, {"id": "false", "correct": True}]
    },
    "best_reply": {
        "options": [
            {"text": "抱歉,马上核实", "credit": 100, "feedback": "好"},
            {"text": "请稍等", "credit": 60},
            {"text": "忙", "credit": 0},
        ]
    },
    "matching": PAIRS,
    "ordering": STEPS,
    "gaps": {
        "text": "签收后 [[1]] 天内可以退,运费由 [[2]] 承担。\n第 *二* 行",
        "gaps": [
            {"id": "1", "mode": "typed", "answers": [{"text": "7", "credit": 100}, {"text": "七", "credit": 50}]},
            {
                "id": "2",
                "mode": "chosen",
                "options": [{"text": "买家~}", "correct": True}, {"text": "卖家", "correct": False}],
            },
        ],
    },
    "short": {"answers": [{"text": "7天", "credit": 100}, {"text": "一周", "credit": 50}], "case": False},
    "numerical": {
        "answers": [{"value": "7", "tolerance": "0.5", "credit": 100}, {"value": "10", "tolerance": "0", "credit": 50}],
        "units": [],
        "unit": "none",
    },
    "essay": {"model": "先共情\n再说明"},
    "upload": {"endings": ["pdf", "xlsx"], "model": "话术表"},
    "hotspot": {
        "image": PICTURE.short,
        "width": 300,
        "height": 200,
        "areas": [
            {"id": "a", "shape": "rect", "coords": [1, 2, 30, 40], "label": "退货按钮", "credit": 100},
            {"id": "b", "shape": "circle", "coords": [100, 100, 5], "label": "", "credit": 50},
        ],
    },
    "typing": {
        "text": "=您好,很高兴为您服务。请问有什么可以帮您?请提供订单号,我马上为您查询。",
        "seconds": 60,
        "goal": 60,
        "accuracy": 95,
    },
    "case": {
        "parts": [
            {"kind": "single", "stem": "**先**做什么?", "content": SINGLE, "points": 1, "explanation": ""},
            {"kind": "ordering", "stem": "按什么顺序?", "content": STEPS, "points": 1, "explanation": ""},
            {"kind": "matching", "stem": "连一连", "content": PAIRS, "points": 1, "explanation": ""},
        ]
    },
}
ENTRIES = [
    {
        "code": f"pr-{n:03}",
        "kind": kind,
        "topic": "returns",
        "category": "售后/退货//换货",
        "tags": ["退货", "旺季 2026"],
        "difficulty": 2,
        "status": "draft",
        "language": "zh-hans",
        "source": "规则 3.2",
        "stem": f"**{kind}** 题:\n\n- 签收 6 天\n- 商品完好\n\n![退货\\]页面](media:{PICTURE.short})",
        "explanation": "*七日内*可以退,1\\*2。",
        "content": content,
    }
    for n, (kind, content) in enumerate(CONTENTS.items(), start=1)
]


def plain(value):
    """The entry without the ids of its parts, which formats give anew, and without what is empty."""
    if isinstance(value, dict):
        kept = {name: plain(each) for name, each in value.items() if name not in {"id", "match"}}
        return {name: each for name, each in kept.items() if each not in ("", [], None)}
    return [plain(each) for each in value] if isinstance(value, list) else value


def only(entry, *names):
    """What the format keeps of the entry."""
    return plain(
        {
            name: value
            for name, value in entry.items()
            if name in {"code", "kind", "stem", "explanation", "content", *names}
        }
    )


def pairs(entry):
    """Who belongs to whom, in words."""
    texts = {row["id"]: row["text"] for row in entry["content"]["choices"]}
    return [(row["text"], texts[row["match"]]) for row in entry["content"]["stems"]]
