"""Forms about site types, checklists, their groups and lines."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from chuangwen.framework.checklist_definitions import PER_UNITS, head_faults, line_faults
from chuangwen.framework.checklist_document import ChecklistEntry, LineEntry, SiteTypeEntry
from chuangwen.framework.enums import LineShape, PassRule, PhotoRule, SiteShape
from chuangwen.framework.models import Checklist, LineGroup, SiteType
from chuangwen.framework.wording import plain_number, read_number
from chuangwen.web.framework.forms import checked

MEASURED = "count density ratio behaviour"


def _text(label: str, rows: int, *, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, **more)


def _number(label: str, shapes: str = "", **more: Any) -> forms.CharField:
    """A decimal number as text; `shapes` says for which ways of recording it is asked."""
    attrs = {"inputmode": "decimal"} | ({"data-shapes": shapes} if shapes else {})
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=20, required=False, widget=widget, **more)


def _read(form: forms.Form, name: str, unit: str = "") -> Decimal | None:
    """Read a number field; what is none becomes an error of the field."""
    raw = form.cleaned_data.get(name, "")
    if not raw:
        return None
    try:
        number: Decimal = checked(lambda: read_number(raw, unit=unit, field=name))
    except forms.ValidationError as error:
        form.add_error(name, error)
        return None
    return number


class SiteTypeForm(forms.Form):
    """A site type; `version` is set when an existing one is edited."""

    code = forms.CharField(label="编号", max_length=40)
    name = forms.CharField(label="名称", max_length=100)
    shape = forms.ChoiceField(label="形态", choices=SiteShape.choices)
    note = _text("说明", 2)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def entry(self) -> SiteTypeEntry:
        """Return the site type that was typed."""
        data = self.cleaned_data
        return SiteTypeEntry(
            code=data["code"], name=data["name"], shape=SiteShape(data["shape"]), note=data["note"]
        )


class ChecklistForm(forms.Form):
    """The rule, note and source of a checklist; a new one also says of which site type."""

    site_type = forms.ChoiceField(label="点位类型")
    pass_rule = forms.ChoiceField(label="达标规则", choices=PassRule.choices)
    pass_percent = _number("合格线（%）", help_text="按得分达标的写 0 至 100；全部达标的留空。")
    note = _text("说明", 3)
    source = forms.CharField(label="来源", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, types: Iterable[SiteType] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if types is None:
            del self.fields["site_type"]
        else:
            self.fields["site_type"].choices = [(each.code, each.name) for each in types]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["pass_percent"] = _read(self, "pass_percent", unit="%")
        if not self.errors:
            for field, message in head_faults(self.entry()):
                self.add_error(field, message)
        return data

    def entry(self) -> ChecklistEntry:
        """Return the checklist's own fields as they were typed."""
        data = self.cleaned_data
        return ChecklistEntry(
            site_type=data.get("site_type", ""),
            pass_rule=PassRule(data["pass_rule"]),
            pass_percent=data["pass_percent"],
            note=data["note"],
            source=data["source"],
        )


class GroupForm(forms.Form):
    """The title of a group."""

    title = forms.CharField(label="分组", max_length=100)


class LineForm(forms.Form):
    """A check line. The page's script hides fields that the way of recording does not need."""

    group = forms.ChoiceField(label="分组")
    code = forms.CharField(label="编号", max_length=40)
    text = _text("测评项", 2, required=True)
    shape = forms.ChoiceField(label="记录方式", choices=LineShape.choices)
    threshold = _number(
        "要求",
        MEASURED,
        help_text="数量、密度：最少数；比例：最低的百分数；行为观察：不文明的最高百分数。",
    )
    unit = forms.CharField(
        label="计量单位",
        max_length=20,
        required=False,
        help_text="数的是什么，如 个、处、人。",
        widget=forms.TextInput(attrs={"data-shapes": f"{MEASURED} absence"}),
    )
    per = _number("每", "density", help_text="每多少米或平方米，如 500。")
    per_unit = forms.ChoiceField(
        label="长度或面积单位",
        required=False,
        choices=[("", "—"), *((unit, unit) for unit in PER_UNITS)],
        widget=forms.Select(attrs={"data-shapes": "density"}),
    )
    photo = forms.ChoiceField(label="照片", choices=PhotoRule.choices, initial=PhotoRule.ON_FAILURE)
    weight = _number("权重", help_text="不知道正式权重的一律写 1。")
    is_veto = forms.BooleanField(label="一票否决", required=False)
    may_not_apply = forms.BooleanField(label="可以选“不适用”", required=False, initial=True)
    category = forms.CharField(label="问题类别", max_length=60, required=False)
    days = forms.IntegerField(label="建议整改时限（工作日）", required=False, min_value=1)
    standard = forms.CharField(
        label="标准编号", max_length=40, required=False, help_text="本版本中对应的测评标准。"
    )
    guidance = _text("说明", 2, help_text="怎样看、看多少，测评时显示在手机上。")
    source = forms.CharField(label="来源", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, groups: Iterable[LineGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [(str(each.pk), each.title) for each in groups]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["threshold"] = _read(self, "threshold", unit="%")
        data["per"] = _read(self, "per")
        weight = _read(self, "weight")
        data["weight"] = Decimal(1) if weight is None else weight
        if not self.errors:
            for field, message in line_faults(self.entry()):
                self.add_error(field, message)
        return data

    def entry(self) -> LineEntry:
        """Return the line that was typed."""
        data = dict(self.cleaned_data)
        data["shape"], data["photo"] = LineShape(data["shape"]), PhotoRule(data["photo"])
        for name in ("group", "version"):
            data.pop(name)
        return LineEntry(**data)


class XlsformForm(forms.Form):
    """An XLSForm file, and of which site type its checklist becomes."""

    file = forms.FileField(label="文件", help_text="XLSForm 的 .xlsx 文件（ODK、KoboToolbox）。")
    site_type = forms.ChoiceField(
        label="点位类型", required=False, help_text="本系统导出的表可以留空，用表中写的类型。"
    )
    replacing = forms.BooleanField(label="替换本版本已有的同类测评表", required=False)

    def __init__(self, *args: Any, types: Iterable[SiteType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "用表中写的"), *((each.code, each.name) for each in types)]
        self.fields["site_type"].choices = choices  # type: ignore[attr-defined]


def initial_of_checklist(checklist: Checklist) -> dict[str, Any]:
    """Return the form's content for a checklist."""
    percent = checklist.pass_percent
    return {
        "pass_rule": checklist.pass_rule,
        "pass_percent": "" if percent is None else plain_number(percent),
        "note": checklist.note,
        "source": checklist.source,
        "version": checklist.version,
    }


def initial_of_line(entry: LineEntry, group: str, version: int) -> dict[str, Any]:
    """Return the form's content for a line."""
    numbers = {
        name: "" if number is None else plain_number(number)
        for name, number in (
            ("threshold", entry.threshold),
            ("per", entry.per),
            ("weight", entry.weight),
        )
    }
    return {**vars(entry), **numbers, "group": group, "version": version}
