"""The forms about units. Other units are typed by name and found by name or alias."""

from typing import Any

from django import forms

from chuangwen.kit.errors import Invalid
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.queries import find_unit
from chuangwen.web.fields import DayField

MOST_NAMES = 500


class UnitField(forms.CharField):
    """A unit by the name that somebody types; cleans to the unit, or None when left empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=100,
            widget=forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"}),
            **options,
        )

    def clean(self, value: Any) -> Unit | None:
        """Return the unit in force. Raises ValidationError with the name as typed."""
        name = super().clean(value)
        unit = find_unit(name) if name else None
        if name and unit is None:
            raise forms.ValidationError(f"未找到单位“{name}”。请检查名称，或先在“单位”中建立。")
        return unit


class UnitForm(forms.Form):
    """A unit's own facts."""

    name = forms.CharField(label="名称", max_length=100)
    kind = forms.ChoiceField(label="类别", choices=UnitKind.choices)
    code = forms.CharField(label="编码", max_length=40, required=False)
    valid_from = DayField(label="启用日期", required=False)


class NewUnitForm(UnitForm):
    """The same, and where the unit stands."""

    parent = UnitField(label="上级单位", required=False)


class PlaceForm(forms.Form):
    """The new parent; empty for the top."""

    parent = UnitField(label="上级单位", required=False, help_text="留空则为最上级。")


class ClosingForm(forms.Form):
    """The last day on which the unit exists."""

    last_day = DayField(label="停用日期（当天仍有效）")


class AliasForm(forms.Form):
    """Another name, and where it was met."""

    name = forms.CharField(label="别名", max_length=100)
    source = forms.CharField(label="来源", max_length=200, required=False)


class MergeForm(forms.Form):
    """The unit that stays."""

    keep = UnitField(label="并入的单位（保留）")


class GroupForm(forms.Form):
    """A collective name and what it means."""

    name = forms.CharField(label="集体称谓", max_length=100)
    kinds = forms.MultipleChoiceField(
        label="包含的单位类别", choices=UnitKind.choices, widget=forms.CheckboxSelectMultiple
    )
    aliases = forms.CharField(
        label="其他写法", required=False, help_text="多个用“、”分开。", max_length=500
    )


def unit_names() -> list[str]:
    """Return names for the browser to complete while somebody types; typing others works too."""
    in_force = Unit.objects.filter(valid_until__isnull=True).order_by("name")
    return list(in_force.values_list("name", flat=True)[:MOST_NAMES])


def show_refusal(form: forms.Form, error: Invalid) -> None:
    """Put an action's refusal beside the field that it names, else above the form."""
    form.add_error(error.field if error.field in form.fields else None, error.message)
