"""What the style guide shows; sample content, in Chinese as all content is."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from trainingsite.core import charts

MONTHS = ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月"]


class SampleForm(forms.Form):
    """Every kind of input once."""

    half_width = ("due_on", "minutes")
    more_fields = ("note",)

    title = forms.CharField(label="课程名称", help_text="学员在首页看到的就是这个名称。")
    topic = forms.ChoiceField(label="培训模块", choices=[("", "请选择"), ("rules", "平台规则"), ("talk", "沟通技巧")])
    due_on = forms.DateField(label="截止日期", widget=forms.DateInput(attrs={"type": "date"}))
    minutes = forms.IntegerField(label="预计分钟数", min_value=1, required=False)
    summary = forms.CharField(label="简介", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    audience = forms.MultipleChoiceField(
        label="适用岗位",
        choices=[("pre", "售前客服"), ("after", "售后客服"), ("complaint", "投诉专员")],
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label="完成方式", choices=[("read", "学完即可"), ("pass", "测验通过")], widget=forms.RadioSelect
    )
    cover = forms.FileField(label="封面图片", required=False)
    remind = forms.BooleanField(
        label="到期前提醒", required=False, widget=forms.CheckboxInput(attrs={"role": "switch"})
    )
    note = forms.CharField(label="内部备注", required=False)


class SampleFilter:
    """Looks like a django-filter set to the filter bar."""

    class Form(forms.Form):
        q = forms.CharField(label="搜索", required=False, widget=forms.SearchInput(attrs={"placeholder": "课程或讲师"}))
        topic = forms.ChoiceField(
            label="培训模块",
            required=False,
            choices=[("", "全部"), ("rules", "平台规则"), ("talk", "沟通技巧"), ("tools", "工具使用")],
        )
        state = forms.ChoiceField(
            label="状态", required=False, choices=[("", "全部"), ("open", "进行中"), ("done", "已完成")]
        )

    def __init__(self, data: Any) -> None:
        self.form = self.Form(data)


ROWS = [
    ("七天无理由退货", "平台规则", "陈晓琳", 128, "96.1%", "good", "达标"),
    ("情绪激动的客户", "沟通技巧", "刘志强", 96, "88.5%", "warn", "接近目标"),
    ("工单系统操作", "工具使用", "王雅婷", 74, "71.6%", "bad", "低于目标"),
    ("客户资料保密", "平台规则", "陈晓琳", 150, "93.3%", "info", "进行中"),
]
STATS = [("讲师", "陈晓琳"), ("地点", "三楼培训室"), ("时长", "90 分钟"), ("报名", "18 / 20")]
STEPS = [("模板", "/"), ("阶段", "/"), ("对象", ""), ("检查", ""), ("发布", "")]


def sample_charts() -> dict[str, Any]:
    """One chart of each kind."""
    return {
        "lines": charts.lines(
            MONTHS,
            {
                "售前服务部": [82, 84, 83, 87, 90, 91, 92, 94],
                "售后服务部": [78, 77, 80, 82, 81, 85, 88, 89],
                "投诉专席": [70, 72, None, 74, 79, 83, 84, 86],
            },
            unit="%",
            target=90,
            marks=[("4月", "投诉处理培训")],
        ),
        "bars": charts.bars(MONTHS[:5], {"完成": [42, 51, 48, 60, 66], "逾期": [6, 4, 5, 2, 1]}),
        "lying": charts.bars(
            ["平台规则", "商品知识", "沟通技巧", "投诉处理", "工具使用"],
            {"平均分": [91, 86, 78, 74, 88]},
            unit="%",
            target=85,
            lying=True,
        ),
        "radar": charts.radar(
            {"平台规则": 5, "商品知识": 5, "沟通": 5, "投诉处理": 5, "工具": 5},
            {"本人": [4, 3, 4, 2, 5], "岗位要求": [4, 4, 4, 4, 4]},
        ),
        "heat": charts.heat_map(
            ["周一", "周二", "周三", "周四", "周五"],
            ["上午", "下午", "晚间"],
            [[12, 18, 9, 14, 22], [20, 24, 17, 19, 30], [8, 6, 11, 9, 15]],
        ),
    }


def sample_moments(now: datetime) -> list[datetime]:
    return [now - timedelta(minutes=12), now + timedelta(days=1), now - timedelta(days=40), now - timedelta(days=500)]


def sample_events() -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "icon": "certificate",
            "level": "good",
            "title": "获得证书：售后服务上岗认证",
            "when": now - timedelta(minutes=30),
        },
        {
            "icon": "clipboard-check",
            "title": "通过测验：投诉处理流程",
            "when": now - timedelta(days=1),
            "text": "得分 92，用时 14 分钟",
        },
        {"icon": "user-plus", "title": "开始带教，导师刘志强", "when": now - timedelta(days=24)},
    ]
