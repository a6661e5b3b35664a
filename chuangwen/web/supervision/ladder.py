"""The office sets the ladder; where there is none, one is proposed and marked as 参考设置."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.supervision.actions.ladder import MOST_A_DAY, MOST_RUNGS, set_ladder
from chuangwen.supervision.enums import Audience, Measure
from chuangwen.supervision.queries.ladder import ladder_of_district, plan_of, rungs_of
from chuangwen.supervision.reference import REFERENCE, LadderPlan, RungPlan, reference_plan
from chuangwen.web.fields import DayField
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_version

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class LadderForm(forms.Form):
    """What holds for the whole ladder."""

    is_active = forms.BooleanField(
        label="启用逐级督促", required=False, help_text="停用后不再前进，已走过的保留。"
    )
    in_force_from = DayField(
        label="只管此日起到期的", help_text="整改时限早于这一天的问题不纳入，避免一启用就全部催办。"
    )
    most_a_day = forms.IntegerField(
        label="每人每天最多几条", min_value=1, max_value=MOST_A_DAY,
        help_text="同一次的问题合为一条；超过的次日再发。",
    )  # fmt: skip
    quiet_from = forms.TimeField(label="免打扰开始", widget=TIME)
    quiet_until = forms.TimeField(
        label="免打扰结束",
        widget=TIME,
        help_text="其间的提醒到结束后发出；两个时间相同则没有免打扰。",
    )


class RungForm(forms.Form):
    """One rung; left empty it is none."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput())
    days = forms.IntegerField(label="工作日", required=False, min_value=-60, max_value=250)
    name = forms.CharField(label="名称", required=False, max_length=30)
    measure = forms.ChoiceField(label="措施", choices=Measure.choices, required=False)
    tells = forms.MultipleChoiceField(
        label="告知谁", choices=Audience.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A rung has a day and a name, or neither."""
        given = super().clean() or {}
        name, days = given.get("name", ""), given.get("days")
        if self.errors or (not name and days is None):
            return given
        if not name:
            self.add_error("name", f"第 {days} 个工作日的这一级没有名称。请写名称，或清空天数。")
        if days is None:
            self.add_error("days", f"“{name}”没有写工作日数。到期前写负数，当天写 0。")
        return given

    def rung(self) -> RungPlan | None:
        """Return the rung; None for an empty row."""
        given = self.cleaned_data
        if not given.get("name"):
            return None
        return RungPlan(
            days=given["days"],
            name=given["name"],
            measure=Measure(given["measure"] or Measure.REMIND),
            tells=tuple(map(Audience, given["tells"])),
            id=given["id"],
        )


@page("GET", "POST", may=Permission.MANAGE_SUPERVISION)
def set_up(request: ActorRequest) -> HttpResponse:
    """Show and change the ladder."""
    ladder = ladder_of_district()
    plan = plan_of(ladder, rungs_of(ladder)) if ladder else reference_plan(clock.today())
    form, rows = _forms(request, plan)
    status = 200
    if request.method == "POST":
        try:
            is_complete = all([form.is_valid(), *(row.is_valid() for row in rows)])
            version = posted_version(request)
            if not is_complete:
                raise Invalid("没有填写完整，请看下面的提示。")
            set_ladder(plan=_wanted(form, rows), base_version=version, by=request.actor)
        except (Invalid, StaleEdit) as error:
            status = error.status
            field = error.field if isinstance(error, Invalid) else ""
            form.add_error(field if field in form.fields else None, error.message)
        else:
            messages.success(request, "督促阶梯已保存，从下一个工作日的运行起按此办理。")
            return redirect("ladder")
    context = {
        "form": form,
        "rows": rows,
        "version": ladder.version if ladder else 0,
        "ladder": ladder,
        "reference": REFERENCE,
    }
    return render(request, "supervision/ladder.html", context, status=status)


def _forms(request: ActorRequest, plan: LadderPlan) -> tuple[LadderForm, list[RungForm]]:
    names, sent = LadderForm.base_fields, request.POST if request.method == "POST" else None
    form = LadderForm(sent, initial={name: getattr(plan, name) for name in names})
    rows = []
    for place in range(MOST_RUNGS):
        known = plan.rungs[place] if place < len(plan.rungs) else None
        initial = (
            {"id": known.id, "days": known.days, "name": known.name, "measure": known.measure,
             "tells": [one.value for one in known.tells]}
            if known else {}
        )  # fmt: skip
        rows.append(RungForm(sent, prefix=f"rung{place}", initial=initial))
    return form, rows


def _wanted(form: LadderForm, rows: Sequence[RungForm]) -> LadderPlan:
    given = form.cleaned_data
    quiet: dict[str, datetime.time] = {name: given[name] for name in ("quiet_from", "quiet_until")}
    return LadderPlan(
        rungs=[rung for row in rows if (rung := row.rung()) is not None],
        in_force_from=given["in_force_from"],
        is_active=given["is_active"],
        most_a_day=given["most_a_day"],
        **quiet,
    )
