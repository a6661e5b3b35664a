"""Forms about an indicator's definition and who reports it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from chuangwen.framework.document import IndicatorEntry
from chuangwen.framework.enums import IndicatorKind, Operator, ReferenceKind
from chuangwen.framework.models import Indicator
from chuangwen.framework.wording import plain_number, read_number
from chuangwen.people.models import Unit
from chuangwen.web.fields import DayField
from chuangwen.web.framework.forms import checked

ROWS = {"rows": 3}


class IndicatorForm(forms.Form):
    """A definition. Which fields belong to which kind is checked by the action."""

    name = forms.CharField(label="指标名称", max_length=200)
    kind = forms.ChoiceField(label="类别", choices=IndicatorKind.choices)
    operator = forms.ChoiceField(
        label="比较",
        choices=[("", "无"), *Operator.choices],
        required=False,
        help_text="“>98%”时，98% 不算达标。",
    )
    value = forms.CharField(
        label="目标值", max_length=40, required=False, help_text="数值指标填写。"
    )
    unit = forms.CharField(label="计量单位", max_length=20, required=False)
    references = forms.MultipleChoiceField(
        label="参照",
        choices=ReferenceKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="相对指标选择；选几种时，满足任何一种即达标。",
    )
    alternative_of = forms.CharField(
        label="可替代的指标",
        max_length=200,
        required=False,
        help_text="“……，或……”的后一项，填前一项的名称。",
    )
    scope = forms.CharField(label="范围", max_length=200, required=False)
    text = forms.CharField(label="原文", required=False, widget=forms.Textarea(attrs=ROWS))
    source = forms.CharField(label="来源", max_length=300, required=False)

    def clean_value(self) -> Decimal | None:
        raw = self.cleaned_data["value"]
        unit = str(self.data.get(self.add_prefix("unit"), ""))
        return checked(lambda: read_number(raw, unit=unit)) if raw else None

    def entry(self) -> IndicatorEntry:
        """Return the definition that was typed."""
        data = self.cleaned_data
        return IndicatorEntry(
            name=data["name"],
            kind=IndicatorKind(data["kind"]),
            operator=Operator(data["operator"]) if data["operator"] else None,
            value=data["value"],
            unit=data["unit"],
            scope=data["scope"],
            text=data["text"],
            source=data["source"],
            references=tuple(ReferenceKind(kind) for kind in data["references"]),
            alternative_of=data["alternative_of"],
        )


class IndicatorEditForm(IndicatorForm):
    """An edit also carries its reason and the version the viewer saw."""

    reason = forms.CharField(label="修改原因", widget=forms.Textarea(attrs=ROWS))
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(indicator: Indicator) -> dict[str, Any]:
    """Return the form's content for an indicator read with references and alternative."""
    other = indicator.alternative_of
    return {
        "name": indicator.name,
        "kind": indicator.kind,
        "operator": indicator.operator,
        "value": "" if indicator.value is None else plain_number(indicator.value),
        "unit": indicator.unit,
        "references": [series.kind for series in indicator.references.all()],
        "alternative_of": other.name if other else "",
        "scope": indicator.scope,
        "text": indicator.text,
        "source": indicator.source,
        "version": indicator.version,
    }


class ReporterForm(forms.Form):
    """Units that are to report from a day on."""

    units = forms.ModelMultipleChoiceField[Unit](
        label="单位", queryset=None, widget=forms.CheckboxSelectMultiple
    )
    valid_from = DayField(label="起")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]


class ClauseForm(forms.Form):
    """A further place that names the indicator."""

    source = forms.CharField(label="条款", max_length=300)
    text = forms.CharField(label="原文", widget=forms.Textarea(attrs=ROWS))
