"""What stands in the workbook that one downloads to fill in: content, and so in Chinese."""

from assessments.exchange.parsed import Entry

EXAMPLES: list[Entry] = [
    {
        "kind": "single",
        "difficulty": 1,
        "stem": "客户签收第 6 天申请七天无理由退货,商品完好,怎么处理?",
        "explanation": "签收次日起七日内都可以申请。",
        "content": {"options": [{"text": "受理退货", "correct": True}, {"text": "拒绝申请"}, {"text": "转交主管"}]},
    },
    {
        "kind": "multiple",
        "difficulty": 2,
        "stem": "哪些商品不适用七天无理由退货?",
        "content": {
            "options": [{"text": "鲜活易腐", "correct": True}, {"text": "定作", "correct": True}, {"text": "毛衣"}]
        },
    },
    {
        "kind": "true_false",
        "stem": "定制商品可以七天无理由退货。",
        "content": {"options": [{"id": "true", "correct": False}, {"id": "false", "correct": True}]},
    },
    {
        "kind": "best_reply",
        "stem": "客户:“都三天了还没发货,你们到底管不管?”",
        "content": {
            "options": [
                {"text": "非常抱歉让您久等,我马上为您核实发货情况,十分钟内回复您。", "credit": 100},
                {"text": "您好,请稍等,我查一下。", "credit": 50},
                {"text": "亲,仓库比较忙。", "credit": 0},
            ]
        },
    },
    {
        "kind": "matching",
        "stem": "把问题和责任部门连起来。",
        "content": {
            "stems": [
                {"id": "s1", "text": "包裹破损", "match": "c1"},
                {"id": "s2", "text": "发票抬头写错", "match": "c2"},
            ],
            "choices": [{"id": "c1", "text": "物流"}, {"id": "c2", "text": "财务"}, {"id": "c3", "text": "仓库"}],
        },
    },
    {
        "kind": "ordering",
        "stem": "把处理投诉的步骤按先后排好。",
        "content": {
            "items": [{"text": "倾听"}, {"text": "致歉"}, {"text": "核实"}, {"text": "给出方案"}],
            "grading": "places",
        },
    },
    {
        "kind": "gaps",
        "stem": "把规则补充完整。",
        "content": {
            "text": "签收后 [[1]] 天内可以无理由退货,运费由 [[2]] 承担。",
            "gaps": [
                {"id": "1", "mode": "typed", "answers": [{"text": "7", "credit": 100}, {"text": "七", "credit": 100}]},
                {"id": "2", "mode": "chosen", "options": [{"text": "买家", "correct": True}, {"text": "卖家"}]},
            ],
        },
    },
    {"kind": "short", "stem": "退款多久到账?", "content": {"answers": [{"text": "*3个工作日*", "credit": 100}]}},
    {
        "kind": "numerical",
        "stem": "首次响应的目标是多少秒以内?",
        "content": {
            "answers": [{"value": "30", "tolerance": "0", "credit": 100}],
            "units": [{"name": "秒", "factor": "1"}],
            "unit": "optional",
        },
    },
    {
        "kind": "essay",
        "stem": "客户要求赔偿,但责任不在店铺,请写出你的回复。",
        "content": {"fewest": 50, "most": 300, "model": "先共情,再说明事实,最后给出可选的办法。"},
    },
    {"kind": "upload", "stem": "上传你整理的退货话术表。", "content": {"endings": ["xlsx", "pdf"], "most_mb": 10}},
    {
        "kind": "typing",
        "stem": "照着输入下面这段话。",
        "content": {
            "text": "您好,很高兴为您服务。请问有什么可以帮您?请提供订单号,我马上为您查询。",
            "seconds": 60,
            "goal": 60,
            "accuracy": 95,
        },
    },
]
GUIDE_LINES = [
    "一行一道题。必填:题型、题干。编号留空时由系统按主题编号;已有编号的题会被更新,不会重复。",
    "单选、多选:选项1–选项12 写选项,答案写字母(如 AC),或在对应的分值列写“对”“错”。反馈列可写选过这项的人会看到的话。",
    "判断:答案写“对”或“错”。",
    "最佳回复:分值写 0–100,最好的一条是 100。",
    "匹配:选项写左边,分值写它的右边;只写右边的是干扰项。",
    "排序:选项按正确顺序写。设置 grading = places(按位置给分)或 exact(全对才给分)。",
    "填空:正文里用 [[1]] [[2]] 标出空格;选项1 是第一个空的答案,一行一个。",
    "填空:填写的空可用“七 | 50”给一半的分;选择的空在正确的词前加 *。",
    "简答:每个选项是一种可接受的答案,* 代表任意文字,分值是百分比。",
    "简答:设置 case = 是 时区分大小写;synonyms = 退货|退回;快递|物流。",
    "数值:选项写“30”或“30 ± 0.5”。设置 unit = none / optional / required,units = 秒=1|分钟=60。",
    "问答、上传:正文写参考答案。设置 fewest、most(字数),endings = pdf,xlsx 和 most_mb = 10。",
    "打字:正文写要输入的文字。设置 seconds、goal(每分钟字数)、accuracy(最低正确率)。",
    "案例题和热点题请用 YAML。单元格里不能有公式。",
]
