"""Who answers for an action or a task: dated duties, and collective owners against the register."""

import datetime
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock, typed
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.duties import expand_duty
from chuangwen.plan.actions.duty_editing import add_duty, change_duty, end_duty
from chuangwen.plan.duty_reading import dated, owners_of, preview_expansion
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Duty, Task
from chuangwen.web.fields import DayField
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_day
from chuangwen.web.people.unit_forms import UnitField, show_refusal, unit_names

MAY = Permission.DISPATCH_TASKS


class DutyForm(forms.Form):
    """A unit that is to answer for something."""

    unit = UnitField(label="单位")
    kind = forms.ChoiceField(label="责任", choices=DutyKind.choices)
    valid_from = DayField(label="自")
    reason = forms.CharField(
        label="依据", required=False, max_length=300, help_text="如会议纪要、函件的名称。"
    )


class EndForm(forms.Form):
    """How a duty ends: for good, or by becoming another kind."""

    kind = forms.ChoiceField(
        label="改为", choices=[("", "终止，不再承担"), *DutyKind.choices], required=False
    )
    day = DayField(label="终止的最后一天，或新责任开始的一天")
    reason = forms.CharField(label="依据或原因", max_length=300)


@page("GET", "POST", may=MAY)
def action_duties(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an action's duties; add one."""
    return _duties(request, load(Action.objects.all(), pk))


@page("GET", "POST", may=MAY)
def task_duties(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a task's duties; add one."""
    return _duties(request, load(Task.objects.select_related("action"), pk))


@page("GET", "POST", may=MAY)
def change(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """End one duty, or turn it into another kind."""
    duty = load(Duty.objects.select_related("unit", "action", "task"), pk)
    form = EndForm(request.POST or None, initial={"day": clock.today()})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _end_or_change(request, duty, form.cleaned_data)
        except Invalid as error:
            renamed = {"last_day": "day", "valid_from": "day"}
            error.field = renamed.get(error.field, error.field)
            show_refusal(form, error)
        except (IllegalTransition, StaleEdit) as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            messages.success(request, "责任已更新，旧的保留为历史。")
            return _to_subject(duty)
    if form.errors and status == 200:
        status = 422
    return render(request, "plan/duty.html", {"duty": duty, "form": form}, status=status)


@page("GET", "POST", may=MAY)
def expand(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show which units a collective name means on a day; give them the duty."""
    duty = load(Duty.objects.select_related("action", "task"), pk)
    if not duty.is_collective:
        raise Invalid(f"“{duty.written_name}”是一个单位，不需要展开。")
    if request.method == "POST":
        day = posted_day(request, "day", "名录日期")
        made = expand_duty(duty=duty, day=day, by=request.actor)
        messages.success(
            request, f"“{duty.written_name}”按 {day} 名录展开，新增 {len(made)} 个单位。"
        )
        return _to_subject(duty)
    day = _asked_day(request)
    context = {"duty": duty, "preview": preview_expansion(duty, day), "day": day.isoformat()}
    return render(request, "plan/expansion.html", context)


def _duties(request: ActorRequest, subject: Action | Task) -> HttpResponse:
    form = DutyForm(request.POST or None, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            add_duty(
                subject=subject, **{**given, "kind": DutyKind(given["kind"])}, by=request.actor
            )
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"已设定：{given['unit'].name}。")
            return redirect(request.path)
    is_action = isinstance(subject, Action)
    own = Q(action=subject) if is_action else Q(task=subject)
    rows = dated(Duty.objects.filter(own))
    context: dict[str, Any] = {
        "subject": subject,
        "is_action": is_action,
        "open": [one for one in rows if one.valid_until is None],
        "ended": [one for one in rows if one.valid_until is not None],
        "owners": owners_of(rows),
        "form": form,
        "unit_names": unit_names(),
        "sees_district": True,
    }
    return render(request, "plan/duties.html", context, status=422 if form.errors else 200)


def _end_or_change(request: ActorRequest, duty: Duty, given: dict[str, Any]) -> None:
    if given["kind"]:
        change_duty(
            duty=duty, kind=DutyKind(given["kind"]), valid_from=given["day"],
            reason=given["reason"], by=request.actor,
        )  # fmt: skip
    else:
        end_duty(duty=duty, last_day=given["day"], reason=given["reason"], by=request.actor)


def _to_subject(duty: Duty) -> HttpResponse:
    if duty.action_id:
        return redirect("plan-action-duties", pk=duty.action_id)
    if duty.task_id:
        return redirect("plan-task-duties", pk=duty.task_id)
    return redirect("indicator", pk=duty.indicator_id)


def _asked_day(request: ActorRequest) -> datetime.date:
    try:
        return typed.day(request.GET.get("day", ""))
    except ValueError:
        return clock.today()
