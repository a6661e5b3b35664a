"""Invented content for the gallery."""

from django import forms

from chuangwen.web.charts import Trend
from chuangwen.web.fields import DayField

ENTRIES = [
    {"when": "2021年8月6日", "title": "印发行动计划", "who": "区创文办", "tone": "success"},
    {
        "when": "今天",
        "title": "各单位填报措施",
        "text": "36 个单位中 12 个已填报。",
        "current": True,
    },
    {"when": "2021年12月31日", "title": "年度目标：测评点位达标率 ≥70%", "url": "#top"},
]
PAIRS = [("牵头单位", "区发改局"), ("完成时限", "2021年12月31日"), ("现状值", 0), ("附注", None)]
TASKS = [
    ("完善公共文化设施", "区文旅局", "success", "已办结", "green", 12),
    (
        "规范停车泊位划线，治理占道经营",
        "区综合行政执法局",
        "warning",
        "待审核",
        "yellow",
        7,
    ),
    ("提高生活污水集中收集率", "区生态环境局", "danger", "逾期 3 天", "red", 103),
    ("开展法治宣传教育", "区司法局", "neutral", "待填措施", "none", 0),
]

TREND = Trend(
    "测评点位达标率（示例）",
    "%",
    [("2021年9月", 52.4), ("10月", 58.1), ("11月", None), ("12月", 66.7)],
    target=70,
)


class ExampleForm(forms.Form):
    """One field of each kind."""

    measure = forms.CharField(
        label="措施",
        help_text="写明做什么、做到什么程度。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit = forms.ChoiceField(label="责任单位", choices=[("1", "区发改局"), ("2", "区文旅局")])
    due = DayField(label="完成时限", required=False)
    frequency = forms.ChoiceField(
        label="频次", choices=[("w", "每周"), ("m", "每月")], widget=forms.RadioSelect
    )
    evidence = forms.FileField(label="佐证材料", required=False)
