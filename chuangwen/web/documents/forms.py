"""The forms of papers."""

from typing import Any

from django import forms

from chuangwen.documents.actions.drafting import PaperWords
from chuangwen.documents.enums import PaperKind
from chuangwen.documents.wording import LABELS, LONGEST, NEEDED, PLACES, Wording
from chuangwen.web.fields import DayField

LONG = ("opening", "demands", "closing")
HELP = {
    "mark": "红头上的字，如“某某区创文办文件”。",
    "series": "发文字号中年份之前的字；编号按它和年份连续。",
    "addressees": "末尾的冒号由系统加。",
    "copies_to": "没有的留空。",
    "opening": "数字和表格之前的话。",
    "demands": "数字和表格之后，标题为“工作要求”；没有的留空。",
    "closing": "正文最后一句。",
}


def _field(name: str) -> forms.CharField:
    is_long = name in LONG
    return forms.CharField(
        label=LABELS[name],
        max_length=LONGEST[name],
        required=name in NEEDED,
        widget=forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput(),
        help_text=HELP.get(name, ""),
    )


class PaperForm(forms.Form):
    """What the office writes in a paper."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {name: _field(name) for name in LONGEST}
        self.fields["has_photos"] = forms.BooleanField(label="附整改前后的照片", required=False)

    def words(self) -> PaperWords:
        """Return what the action takes."""
        return PaperWords(**self.cleaned_data)


class TemplateForm(forms.Form):
    """What the office lays down for a kind."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {name: _field(name) for name in LONGEST if name != "title"}

    def wording(self) -> Wording:
        """Return what the action takes."""
        return Wording(**self.cleaned_data)


class PeriodForm(forms.Form):
    """Which report, of which days."""

    kind = forms.ChoiceField(
        label="种类",
        choices=[(kind.value, kind.label) for kind in PaperKind if kind != PaperKind.NOTICE],
    )
    since = DayField(label="统计开始日期")
    until = DayField(label="统计截止日期")


PLACE_HELP = tuple(PLACES.items())
