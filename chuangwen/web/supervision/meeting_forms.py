"""What is asked for with a meeting and what becomes of it."""

from django import forms

from chuangwen.supervision.enums import MeetingKind
from chuangwen.web.fields import DayField
from chuangwen.web.people.unit_forms import UnitField
from chuangwen.web.rectification.forms import UnitsField
from chuangwen.web.supervision.notice_forms import lines

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MoreUnitsField(UnitsField):
    """Units that are asked to a meeting: a campaign has some sixty."""

    most = 200


class CallForm(forms.Form):
    """A meeting that is to be."""

    kind = forms.ChoiceField(label="种类", choices=MeetingKind.choices)
    title = forms.CharField(label="会议名称", max_length=100)
    held_on = DayField(label="日期")
    begins_at = forms.TimeField(label="时间", widget=TIME, required=False)
    place = forms.CharField(label="地点", max_length=100, required=False)
    chair = forms.CharField(label="主持人", max_length=60, required=False)
    agenda = lines("议程", rows=5)
    units = MoreUnitsField(
        label="参会单位",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="多个用“、”分开。保存后通知这些单位的联络员和负责人。",
    )


class CancelForm(forms.Form):
    """Why it is called off."""

    reason = lines("取消的原因")


class MinutesForm(forms.Form):
    """The minutes; who came stands beside."""

    minutes = lines("会议纪要", rows=8)


class DecisionForm(forms.Form):
    """Something that was settled."""

    text = lines("议定事项")
    unit = UnitField(label="责任单位")
    due_on = DayField(label="完成时限")


class ReportForm(forms.Form):
    """How far it is."""

    text = lines("落实情况")
    is_done = forms.BooleanField(label="已完成", required=False)
