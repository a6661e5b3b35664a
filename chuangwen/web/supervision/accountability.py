"""The closed ledger of 问责: only who handles it gets past the gate."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.sites.queries.listing import choices_for
from chuangwen.supervision.actions import accountability as actions
from chuangwen.supervision.actions.accountability import Decision, Proposal
from chuangwen.supervision.enums import AccountabilityState, AccountabilityStep
from chuangwen.supervision.queries.accountability import (
    MatterCourse,
    MatterFilter,
    course_of_matter,
    list_of_matters,
    named_bases,
)
from chuangwen.supervision.workflow import ACCOUNTABILITY
from chuangwen.web.fields import DayField
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_version
from chuangwen.web.paging import page_of
from chuangwen.web.people.unit_forms import UnitField, unit_names
from chuangwen.web.supervision.notice_forms import lines, refused

HANDLE = Permission.HANDLE_ACCOUNTABILITY
TONES = {
    AccountabilityState.PROPOSED: "warning",
    AccountabilityState.APPEALED: "warning",
    AccountabilityState.DECIDED: "danger",
    AccountabilityState.CARRIED_OUT: "success",
}


class ProposalForm(forms.Form):
    """Who is to answer for what."""

    unit = UnitField(label="单位")
    person = forms.CharField(
        label="责任人", max_length=60, required=False, help_text="姓名和职务；只问责单位的留空。"
    )
    ground = lines("依据的条款")
    facts = lines("事实", rows=5)
    bases = forms.CharField(
        label="依据的问题和督办单",
        max_length=1000,
        required=False,
        help_text="写编号，多个用“、”分开，如 整改〔2021〕12号、督办〔2021〕3号。",
    )
    proposal = lines("建议")


class ReasonForm(forms.Form):
    """A step that has to be explained."""

    reason = lines("理由")


class DecisionForm(forms.Form):
    """What was decided, by whom, when."""

    decided_by = forms.CharField(label="决定机关", max_length=60)
    decided_on = DayField(label="决定日期")
    text = lines("决定内容")


class EffectForm(forms.Form):
    """What it led to."""

    effect = lines("执行结果")


FORMS: dict[AccountabilityStep, type[forms.Form]] = {
    AccountabilityStep.DECIDE: DecisionForm,
    AccountabilityStep.DROP: ReasonForm,
    AccountabilityStep.APPEAL: ReasonForm,
    AccountabilityStep.UPHOLD: ReasonForm,
    AccountabilityStep.CHANGE: DecisionForm,
    AccountabilityStep.REVOKE: ReasonForm,
    AccountabilityStep.CARRY_OUT: EffectForm,
}


def _decision(given: dict[str, Any]) -> dict[str, Any]:
    return {"decision": Decision(given["decided_by"], given["decided_on"], given["text"])}


RUNS: dict[AccountabilityStep, Callable[..., Any]] = {
    AccountabilityStep.DECIDE: lambda held, given: actions.decide_accountability(
        **held, **_decision(given)
    ),
    AccountabilityStep.DROP: lambda held, given: actions.drop_accountability(**held, **given),
    AccountabilityStep.APPEAL: lambda held, given: actions.appeal_accountability(**held, **given),
    AccountabilityStep.UPHOLD: lambda held, given: actions.uphold_accountability(**held, **given),
    AccountabilityStep.CHANGE: lambda held, given: actions.change_accountability(
        **held, **_decision(given)
    ),
    AccountabilityStep.REVOKE: lambda held, given: actions.revoke_accountability(**held, **given),
    AccountabilityStep.CARRY_OUT: lambda held, given: actions.carry_out_accountability(
        **held, **given
    ),
}


@page(may=HANDLE)
def list_matters(request: ActorRequest) -> HttpResponse:
    """List the matters under a filter."""
    actor = request.actor
    wanted = MatterFilter.read(request.GET.dict())
    found = page_of(request, list_of_matters(actor, wanted))
    context = {
        "page": found,
        "rows": [(one, _tone(one.state)) for one in found.rows],
        "wanted": wanted,
        "states": AccountabilityState.choices,
        "choices": choices_for(actor),
    }
    return render(request, "supervision/matters.html", context)


@page("GET", "POST", may=HANDLE)
def propose(request: ActorRequest) -> HttpResponse:
    """Propose that somebody answers for something."""
    is_sent = request.method == "POST"
    form = ProposalForm(request.POST if is_sent else None)
    status = 200
    if is_sent:
        try:
            matter = actions.propose_accountability(
                proposal=_proposal(request, form), by=request.actor
            )
        except Invalid as error:
            status = refused(form, error)
        else:
            messages.success(request, "已登记。")
            return redirect("accountability", pk=matter.pk)
    context = {"form": form, "unit_names": unit_names()}
    return render(request, "supervision/matter_form.html", context, status=status)


@page(may=HANDLE)
def show_matter(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a matter with its course and the steps that are open."""
    course = course_of_matter(request.actor, pk)
    return render(request, "supervision/matter.html", _shown(request, course))


@page("POST", may=HANDLE)
def take(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the step that a form on the page names."""
    course = course_of_matter(request.actor, pk)
    raw = request.POST.get("step", "")
    if raw not in AccountabilityStep.values or AccountabilityStep(raw) not in RUNS:
        raise Invalid("没有说明要做什么。请用页面上的按钮。")
    step = AccountabilityStep(raw)
    form = FORMS[step](request.POST, auto_id=f"{raw}-%s")
    try:
        if not form.is_valid():
            raise Invalid("没有填写完整，请看下面的提示。")
        held = {
            "matter": course.matter, "base_version": posted_version(request), "by": request.actor,
        }  # fmt: skip
        RUNS[step](held, form.cleaned_data)
    except (Invalid, StaleEdit, IllegalTransition) as error:
        status = refused(form, error)
        course = course_of_matter(request.actor, pk)
        context = _shown(request, course, step, form, error.message)
        return render(request, "supervision/matter.html", context, status=status)
    messages.success(request, f"已办理：{step.label}。")
    return redirect("accountability", pk=pk)


def _proposal(request: ActorRequest, form: ProposalForm) -> Proposal:
    """Return what was typed. Raises Invalid when the form is not complete."""
    if not form.is_valid():
        raise Invalid("没有填写完整，请看下面的提示。")
    given = dict(form.cleaned_data)
    cases, notices = named_bases(request.actor, given.pop("bases"))
    return Proposal(**given, cases=cases, notices=notices)


def _tone(state: str) -> str:
    return TONES.get(AccountabilityState(state), "neutral")


def _shown(
    request: ActorRequest,
    course: MatterCourse,
    step: AccountabilityStep | None = None,
    form: forms.Form | None = None,
    problem: str = "",
) -> dict[str, Any]:
    """Return what the page shows; a refused form in its place."""
    offers = [
        (one, form if one == step and form else FORMS[one](auto_id=f"{one.value}-%s"), one == step)
        for one in FORMS
        if _is_open(one, AccountabilityState(course.matter.state))
    ]
    is_lost = form is not None and step not in [one for one, _, _ in offers]
    return {
        "matter": course.matter,
        "tone": _tone(course.matter.state),
        "bases": course.bases,
        "events": course.events,
        "offers": offers,
        "problem": problem,
        "lost": [str(value) for name in form.fields if (value := form.data.get(name))]
        if form is not None and is_lost
        else [],
        # Cases are of the district; who handles 问责 alone cannot open them.
        "may_open": request.actor.may(Permission.VIEW_DISTRICT),
        "day": clock.today(),
    }


def _is_open(step: AccountabilityStep, state: AccountabilityState) -> bool:
    try:
        ACCOUNTABILITY.check(step.value, state)
    except IllegalTransition:
        return False
    return True
