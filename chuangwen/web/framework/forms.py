"""Forms about values and references."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from chuangwen.framework.enums import IndicatorKind, ReferenceKind
from chuangwen.framework.models import Indicator
from chuangwen.framework.periods import Period, parse_period
from chuangwen.framework.wording import read_number
from chuangwen.kit.errors import ImportRefused, Invalid

T = TypeVar("T")


def attempt(form: forms.Form, run: Callable[[dict[str, Any]], T]) -> T | None:
    """Run an action with the form's cleaned data; its refusal becomes an error of the form."""
    if not form.is_valid():
        return None
    try:
        return run(form.cleaned_data)
    except ImportRefused as error:
        form.add_error(None, [error.message, *map(str, error.problems)])
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return None


def checked(read: Callable[[], T]) -> T:
    """Return what `read` returns; Invalid becomes an error of the field."""
    try:
        return read()
    except Invalid as error:
        raise forms.ValidationError(error.message) from error


class ValueForm(forms.Form):
    """What a unit reports. `content` is a number, or yes/no for a qualitative indicator."""

    document = forms.CharField(
        label="来源文件",
        help_text="写明文件名称、文号或发布单位，如“东区2020年国民经济和社会发展统计公报”。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        if indicator.kind == IndicatorKind.QUALITATIVE:
            choices = [("yes", "已做到"), ("no", "未做到")]
            content: forms.Field = forms.ChoiceField(
                label="是否做到", choices=choices, widget=forms.RadioSelect
            )
        else:
            unit = f"（{indicator.unit}）" if indicator.unit else ""
            content = forms.CharField(
                label=f"数值{unit}",
                max_length=40,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        self.fields = {"content": content, **self.fields}

    def clean_content(self) -> object:
        raw = self.cleaned_data["content"]
        if self.indicator.kind == IndicatorKind.QUALITATIVE:
            return raw == "yes"
        return checked(lambda: read_number(raw, unit=self.indicator.unit, field="content"))


class ReportForm(ValueForm):
    """A first report: also says which unit and period it is of."""

    unit = forms.ChoiceField(label="填报单位")
    period = forms.CharField(
        label="期间", max_length=20, help_text="如 2021、2021-H1、2021-Q3、2021-08。"
    )
    field_order = ["unit", "period", "content", "document", "note"]

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean_period(self) -> Period:
        return checked(lambda: parse_period(self.cleaned_data["period"]))


class CorrectionForm(ValueForm):
    """A better value of the same unit and period; the note says why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        self.fields["note"].label = "更正说明"


class ReferenceForm(forms.Form):
    """A value to compare with."""

    kind = forms.ChoiceField(label="参照")
    period = forms.CharField(label="期间", max_length=20, help_text="参照值所属的期间，如 2020。")
    value = forms.CharField(label="数值", max_length=40)
    source = forms.CharField(label="来源", max_length=300)

    def __init__(
        self, *args: Any, indicator: Indicator, kinds: list[ReferenceKind], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def clean_period(self) -> Period:
        return checked(lambda: parse_period(self.cleaned_data["period"]))

    def clean_value(self) -> object:
        return checked(lambda: read_number(self.cleaned_data["value"], unit=self.indicator.unit))
