"""The metrics that are there from the start, and the targets they start with."""

from datetime import date
from decimal import Decimal
from typing import Any

READY: list[dict[str, Any]] = [
    {
        "code": "first-response-time",
        "name": "首次响应时长",
        "definition": "从客户发出第一句话到客服第一次人工回复的平均秒数。",
        "unit": "seconds",
        "direction": "lower",
        "aggregation": "mean",
        "origin": "readings",
        "position": 1,
        "translations": {
            "en": {
                "name": "First-response time",
                "definition": "Mean seconds from the customer's first message to the agent's first reply.",
            },
            "zh-hant": {"name": "首次回應時間", "definition": "從客戶發出第一句話到客服第一次人工回覆的平均秒數。"},
        },
    },
    {
        "code": "satisfaction",
        "name": "客户满意度",
        "definition": "评价为满意的会话占全部评价会话的比例。",
        "unit": "percent",
        "direction": "higher",
        "aggregation": "ratio",
        "origin": "readings",
        "position": 2,
        "translations": {
            "en": {
                "name": "Customer satisfaction",
                "definition": "Share of rated conversations that the customer rated as satisfied.",
            },
            "zh-hant": {"name": "客戶滿意度", "definition": "評價為滿意的對話占全部評價對話的比例。"},
        },
    },
    {
        "code": "complaint-rate",
        "name": "投诉率",
        "definition": "引发投诉的会话占全部会话的比例。",
        "unit": "percent",
        "direction": "lower",
        "aggregation": "ratio",
        "origin": "readings",
        "position": 3,
        "translations": {
            "en": {"name": "Complaint rate", "definition": "Share of conversations that ended in a complaint."},
            "zh-hant": {"name": "客訴率", "definition": "引發客訴的對話占全部對話的比例。"},
        },
    },
    {
        "code": "completion-rate",
        "name": "培训完成率",
        "definition": "期限已过的学习任务中已完成的比例。",
        "unit": "percent",
        "direction": "higher",
        "aggregation": "ratio",
        "origin": "training",
        "position": 11,
        "translations": {
            "en": {"name": "Completion", "definition": "Share of enrolments past their due date that are completed."},
            "zh-hant": {"name": "培訓完成率", "definition": "期限已過的學習任務中已完成的比例。"},
        },
    },
    {
        "code": "pass-rate",
        "name": "考核通过率",
        "definition": "已考测验中最终通过的比例(含补考)。",
        "unit": "percent",
        "direction": "higher",
        "aggregation": "ratio",
        "origin": "training",
        "position": 12,
        "translations": {
            "en": {"name": "Pass rate", "definition": "Share of quizzes taken that were passed in the end."},
            "zh-hant": {"name": "測驗通過率", "definition": "已考測驗中最終通過的比例(含補考)。"},
        },
    },
    {
        "code": "mean-score",
        "name": "平均成绩",
        "definition": "每份测验取最好一次成绩的平均分。",
        "unit": "points",
        "direction": "higher",
        "aggregation": "mean",
        "origin": "training",
        "position": 13,
        "translations": {
            "en": {"name": "Mean score", "definition": "Mean of each quiz's best attempt."},
            "zh-hant": {"name": "平均成績", "definition": "每份測驗取最好一次成績的平均分。"},
        },
    },
]

SINCE = date(2020, 1, 1)
READY_TARGETS: dict[str, Decimal] = {
    "first-response-time": Decimal(30),
    "satisfaction": Decimal(90),
    "complaint-rate": Decimal(2),
    "completion-rate": Decimal(95),
    "pass-rate": Decimal(95),
    "mean-score": Decimal(85),
}
