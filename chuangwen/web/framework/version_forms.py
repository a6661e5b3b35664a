"""Forms about versions, their tree and their standards."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from chuangwen.framework.document import MethodEntry, StandardEntry
from chuangwen.framework.enums import Method, Relation, Standing
from chuangwen.framework.models import FrameworkVersion
from chuangwen.framework.wording import plain_number, read_number, split_names
from chuangwen.web.framework.forms import checked

TEXT = {"rows": 4}


class FrameworkForm(forms.Form):
    """A new framework with its first draft."""

    name = forms.CharField(label="名称", max_length=200)
    standing = forms.ChoiceField(label="性质", choices=Standing.choices, initial=Standing.LOCAL)
    label = forms.CharField(label="版本名称", max_length=60, help_text="如“2021年版”。")


class LabelForm(forms.Form):
    """The name of a copied version."""

    label = forms.CharField(label="新版本名称", max_length=60)


class UploadForm(forms.Form):
    """A framework file."""

    file = forms.FileField(label="文件", help_text=".xlsx 或 .yaml，格式见本系统导出的文件。")
    label = forms.CharField(
        label="版本名称", max_length=60, required=False, help_text="留空则用文件中写的。"
    )
    based_on = forms.ModelChoiceField[FrameworkVersion](
        label="与哪个版本对照",
        queryset=None,
        required=False,
        help_text="按编号逐条对照；导入后可以修改。",
    )

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].queryset = versions  # type: ignore[attr-defined]


class NodeForm(forms.Form):
    """Code and title of an entry; `version` is set when an existing one is edited."""

    code = forms.CharField(label="编号", max_length=40)
    title = forms.CharField(label="名称", max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MappingForm(forms.Form):
    """What became of one standard of the earlier version."""

    old = forms.CharField(label="旧标准编号", max_length=40)
    relation = forms.ChoiceField(label="关系", choices=Relation.choices)
    new = forms.CharField(
        label="新标准编号", max_length=40, required=False, help_text="“取消”时留空。"
    )
    note = forms.CharField(label="说明", required=False)


class StandardForm(forms.Form):
    """A standard with one row of fields for each of the four methods."""

    code = forms.CharField(label="编号", max_length=40)
    text = forms.CharField(label="标准", widget=forms.Textarea(attrs=TEXT))
    weight = forms.CharField(
        label="权重", max_length=20, required=False, help_text="不知道请留空，不要估计。"
    )
    window_months = forms.IntegerField(label="材料时限（月）", required=False, min_value=1)
    owner_hints = forms.CharField(
        label="责任单位提示", required=False, help_text="几个单位之间用“、”隔开。"
    )
    source = forms.CharField(label="来源", max_length=300, required=False)
    indicators = forms.MultipleChoiceField(label="对应指标", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, indicators: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = [(name, name) for name in indicators]  # type: ignore[attr-defined]
        for method in Method:
            name = str(method.value)
            self.fields[name] = forms.BooleanField(label=str(method.label), required=False)
            self.fields[f"{name}_weight"] = forms.CharField(
                label=f"{method.label}的权重", max_length=20, required=False
            )
            self.fields[f"{name}_requirement"] = forms.CharField(
                label=f"{method.label}的要求",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("weight", *(f"{method.value}_weight" for method in Method)):
            try:
                data[name] = self._number(data.get(name, ""))
            except forms.ValidationError as error:
                self.add_error(name, error)
        return data

    def entry(self) -> StandardEntry:
        """Return the standard that was typed."""
        data = self.cleaned_data
        return StandardEntry(
            code=data["code"],
            text=data["text"],
            weight=data["weight"],
            window_months=data["window_months"],
            owner_hints=split_names(data["owner_hints"]),
            source=data["source"],
            methods=tuple(
                MethodEntry(
                    method=method,
                    weight=data[f"{method.value}_weight"],
                    requirement=data[f"{method.value}_requirement"],
                )
                for method in Method
                if data[method.value]
            ),
            indicators=tuple(data["indicators"]),
        )

    @staticmethod
    def _number(raw: str) -> Decimal | None:
        return checked(lambda: read_number(raw, field="weight")) if raw else None


def initial_of(entry: StandardEntry, version: int) -> dict[str, Any]:
    """Return the form's content for a standard."""
    initial: dict[str, Any] = {
        "code": entry.code,
        "text": entry.text,
        "weight": _written(entry.weight),
        "window_months": entry.window_months,
        "owner_hints": "、".join(entry.owner_hints),
        "source": entry.source,
        "indicators": list(entry.indicators),
        "version": version,
    }
    for each in entry.methods:
        name = str(each.method.value)
        initial |= {
            name: True,
            f"{name}_weight": _written(each.weight),
            f"{name}_requirement": each.requirement,
        }
    return initial


def _written(number: Decimal | None) -> str:
    return "" if number is None else plain_number(number)
