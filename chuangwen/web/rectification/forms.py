"""What is asked for with each step of a case, and with a new problem."""

import re
from typing import Any

from django import forms

from chuangwen.people.models import Unit
from chuangwen.people.queries.names import resolve_names
from chuangwen.rectification.actions.opening import LONGEST_TITLE
from chuangwen.rectification.enums import Source, Step
from chuangwen.rectification.queries.course import Course
from chuangwen.web.fields import DayField
from chuangwen.web.people.unit_forms import UnitField

LONGEST = 2000
MOST_SUPPORTING = 20
_BETWEEN = re.compile(r"[、,，;；\n]")


def _lines(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=LONGEST, required=required, widget=widget, help_text=help_text
    )


class UnitsField(forms.CharField):
    """Several units by name; cleans to a list of units."""

    most = MOST_SUPPORTING

    def clean(self, value: Any) -> list[Unit]:
        """Return the units in force. Raises ValidationError naming those that are not found."""
        written = super().clean(value)
        names = list(dict.fromkeys(part.strip() for part in _BETWEEN.split(written)))
        names = [name for name in names if name]
        if len(names) > self.most:
            raise forms.ValidationError(f"写了 {len(names)} 个单位，最多 {self.most} 个。")
        found = {name: each.unit for name, each in resolve_names(names).items()} if names else {}
        missing = [name for name, unit in found.items() if unit is None]
        if missing:
            raise forms.ValidationError(
                f"未找到单位“{'”“'.join(missing)}”。请检查名称，或先在“单位”中建立。"
            )
        return [unit for unit in found.values() if unit is not None]


class StepForm(forms.Form):
    """A step that asks for nothing. `course`: the case as it stands."""

    has_files = False

    def __init__(self, *args: Any, course: Course, **options: Any) -> None:
        super().__init__(*args, **options)
        self.start(course)

    def start(self, course: Course) -> None:
        """Fill in what the case proposes; forms that propose nothing leave it."""


class ReasonForm(StepForm):
    """A step that has to be explained."""

    reason = _lines("原因")


class RemarkForm(StepForm):
    """A step that may be explained."""

    reason = _lines("说明", required=False)


class DispatchForm(StepForm):
    """To whom, until when."""

    lead = UnitField(label="牵头整改单位")
    supporting = UnitsField(
        label="配合整改单位", required=False, max_length=1000, help_text="多个用“、”分开。"
    )
    due_on = DayField(label="整改时限", required=False)
    reason = _lines("整改要求", required=False)

    def start(self, course: Course) -> None:
        """Propose what was proposed with the case."""
        case = course.case
        self.initial.setdefault("lead", case.proposed_lead.name if case.proposed_lead else "")
        category = case.category
        if category is not None and category.working_days is not None:
            days = f"留空则按类别“{category.name}”的 {category.working_days} 个工作日计算。"
            self.fields["due_on"].help_text = days
        elif case.proposed_due_on is not None:
            self.fields["due_on"].help_text = f"测评时建议 {case.proposed_due_on}。"
            self.initial.setdefault("due_on", case.proposed_due_on)


class BulkDispatchForm(forms.Form):
    """The same for many; each may go to the unit that was proposed with it."""

    lead = UnitField(
        label="牵头整改单位",
        required=False,
        help_text="留空则各派给建议的整改单位（测评发现的问题为点位主管单位）。",
    )
    supporting = UnitsField(
        label="配合整改单位", required=False, max_length=1000, help_text="多个用“、”分开。"
    )
    due_on = DayField(
        label="整改时限",
        required=False,
        help_text="留空则各按类别规定的工作日计算；类别没有规定的，按测评时建议的时限。",
    )
    reason = _lines("整改要求", required=False)


class ReassignForm(DispatchForm):
    """To whom instead, and why."""

    reason = _lines("改派的原因")

    def start(self, course: Course) -> None:
        """Show who has it now; units named again go on where they are."""
        lead = course.life.lead
        names = {held.unit.pk: held.unit.name for held in course.shares}
        self.initial.setdefault("lead", names.get(lead, "") if lead else "")
        others = [names[unit] for unit in course.life.live if unit != lead]
        self.initial.setdefault("supporting", "、".join(others))
        self.fields["due_on"].help_text = f"留空则不变（{course.life.due_on}）。"


class FinishForm(StepForm):
    """What was done, with photos."""

    has_files = True
    reason = _lines("做了哪些整改")


class PassForm(StepForm):
    """What was seen."""

    has_files = True
    reason = _lines("核查的情况")


class FailForm(StepForm):
    """What is not put right, who does it again, until when."""

    has_files = True
    reason = _lines("哪里没有整改到位")
    units = forms.MultipleChoiceField(
        label="返工的单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="都不选，则参与整改的单位都要返工。",
    )
    due_on = DayField(label="返工时限")

    def start(self, course: Course) -> None:
        """Offer the units that are in the case; one alone needs no choice."""
        live = course.life.live
        choices = [
            (str(held.unit.pk), held.unit.name) for held in course.shares if held.unit.pk in live
        ]
        if len(choices) > 1:
            self.fields["units"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["units"]


class AskExtensionForm(StepForm):
    """Until when, and why."""

    due_on = DayField(label="申请延期至")
    reason = _lines("申请延期的原因")


class ExtendForm(StepForm):
    """Until when."""

    due_on = DayField(label="延期至")
    reason = _lines("说明", required=False)

    def start(self, course: Course) -> None:
        """Propose the day that was asked for."""
        self.initial.setdefault("due_on", course.life.wanted_due_on)


class MergeForm(StepForm):
    """Which case goes on."""

    keep = forms.CharField(
        label="并入哪个案卷",
        max_length=40,
        help_text="写保留的案卷的编号，如 整改〔2021〕12号，或只写 2021-12。",
    )
    reason = _lines("为什么是同一个问题")


FORMS: dict[Step, type[StepForm]] = {
    Step.FILE: StepForm,
    Step.DECLINE: ReasonForm,
    Step.RECONSIDER: ReasonForm,
    Step.DISPATCH: DispatchForm,
    Step.REASSIGN: ReassignForm,
    Step.ACCEPT: StepForm,
    Step.REFUSE: ReasonForm,
    Step.FINISH: FinishForm,
    Step.RECALL: ReasonForm,
    Step.PASS: PassForm,
    Step.FAIL: FailForm,
    Step.RECHECK: ReasonForm,
    Step.CLOSE: RemarkForm,
    Step.REOPEN: ReasonForm,
    Step.ASK_EXTENSION: AskExtensionForm,
    Step.EXTEND: ExtendForm,
    Step.DENY_EXTENSION: ReasonForm,
    Step.SUSPEND: ReasonForm,
    Step.RESUME: RemarkForm,
    Step.CANCEL: ReasonForm,
    Step.MERGE: MergeForm,
}


class ReportForm(forms.Form):
    """A problem that somebody saw."""

    unit = forms.ChoiceField(label="登记单位")
    title = forms.CharField(label="问题", max_length=LONGEST_TITLE)
    text = _lines("详情", required=False)
    source = forms.ChoiceField(label="来源", choices=Source.choices)
    found_on = DayField(label="发现日期")
    site = forms.CharField(
        label="点位", max_length=100, required=False, help_text="点位编号或名称；不在点位上的留空。"
    )
    place = forms.CharField(
        label="地点", max_length=200, required=False, help_text="路名、门牌等；写了点位的可以不填。"
    )
    area = UnitField(label="所属街道或社区", required=False)
    category = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label="类别", queryset=None, required=False, empty_label="没有选择"
    )
    proposed_lead = UnitField(
        label="建议整改单位", required=False, help_text="由创文办派遣时决定。"
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], categories: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0][0]
            self.fields["unit"].required = bool(units[0][0])  # the office reports for no unit
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
