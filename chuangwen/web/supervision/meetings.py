"""Meetings: the list, calling one, its page with attendance, minutes and what was settled."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from chuangwen.kit import clock, typed
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.supervision.actions import meetings as actions
from chuangwen.supervision.actions.meetings import Call, Settled
from chuangwen.supervision.enums import DecisionState, MeetingKind, MeetingState, Presence
from chuangwen.supervision.models import MeetingDecision
from chuangwen.supervision.queries.meetings import (
    MeetingCourse,
    MeetingFilter,
    course_of_meeting,
    list_of_meetings,
    visible_decisions,
)
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.paging import page_of
from chuangwen.web.people.unit_forms import unit_names
from chuangwen.web.supervision.meeting_forms import (
    CallForm,
    CancelForm,
    DecisionForm,
    MinutesForm,
    ReportForm,
)
from chuangwen.web.supervision.notice_forms import refused

SEE = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MANAGE = Permission.MANAGE_SUPERVISION
ACT = (MANAGE, Permission.ANSWER_SUPERVISION)
TONES = {
    MeetingState.PLANNED: "info",
    MeetingState.HELD: "success",
    MeetingState.CANCELLED: "neutral",
}
FORMS: dict[str, type[forms.Form]] = {
    "hold": MinutesForm,
    "settle": DecisionForm,
    "cancel": CancelForm,
    "report": ReportForm,
}


@page(may=SEE)
def list_meetings(request: ActorRequest) -> HttpResponse:
    """List the visible meetings, the latest first."""
    wanted = MeetingFilter.read(request.GET.dict())
    found = page_of(request, list_of_meetings(request.actor, wanted))
    context = {
        "page": found,
        "rows": [(one, TONES[MeetingState(one.state)]) for one in found.rows],
        "wanted": wanted,
        "kinds": MeetingKind.choices,
        "states": MeetingState.choices,
        "may_manage": request.actor.may(MANAGE),
    }
    return render(request, "supervision/meetings.html", context)


@page("GET", "POST", may=MANAGE)
def call(request: ActorRequest) -> HttpResponse:
    """Call a meeting."""
    is_sent = request.method == "POST"
    form = CallForm(request.POST if is_sent else None, initial={"held_on": clock.today()})
    status = 200
    if is_sent:
        try:
            meeting = actions.call_meeting(call=_call(form), by=request.actor)
        except Invalid as error:
            status = refused(form, error)
        else:
            messages.success(request, "已登记，并通知参会单位。")
            return redirect("meeting", pk=meeting.pk)
    context = {"form": form, "unit_names": unit_names()}
    return render(request, "supervision/meeting_form.html", context, status=status)


@page("GET", "POST", may=MANAGE)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a meeting that is still to come."""
    is_sent = request.method == "POST"
    course = course_of_meeting(request.actor, pk)
    meeting = course.meeting
    if meeting.state != MeetingState.PLANNED and not is_sent:
        raise IllegalTransition("会议已召开或取消，不能再改。")
    names = ("kind", "title", "held_on", "begins_at", "place", "chair", "agenda")
    initial = {name: getattr(meeting, name) for name in names}
    initial["units"] = "、".join(row.unit.name for row in course.units)
    form = CallForm(request.POST if is_sent else None, initial=initial)
    status = 200
    if is_sent:
        try:
            wanted = _call(form)
            version = posted_version(request)
            actions.edit_meeting(
                meeting=meeting, base_version=version, call=wanted, by=request.actor
            )
        except (Invalid, StaleEdit, IllegalTransition) as error:
            status = refused(form, error)
        else:
            messages.success(request, "已保存，并通知参会单位。")
            return redirect("meeting", pk=pk)
    context = {"form": form, "meeting": meeting, "unit_names": unit_names()}
    return render(request, "supervision/meeting_form.html", context, status=status)


@page(may=SEE)
def show_meeting(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a meeting."""
    course = course_of_meeting(request.actor, pk)
    return render(request, "supervision/meeting.html", _shown(request, course))


@page("POST", may=ACT)
def take(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Do what a form on the page names."""
    course = course_of_meeting(request.actor, pk)
    step, key = request.POST.get("step", ""), request.POST.get("decision", "")
    if step not in FORMS:
        raise Invalid("没有说明要做什么。请用页面上的按钮。")
    mark = f"{step}-{key}" if step == "report" else step
    form = FORMS[step](request.POST, auto_id=f"{mark}-%s")
    try:
        if not form.is_valid():
            raise Invalid("没有填写完整，请看下面的提示。")
        RUNS[step](request, course, form.cleaned_data)
    except (Invalid, StaleEdit, IllegalTransition) as error:
        status = refused(form, error)
        context = _shown(request, course_of_meeting(request.actor, pk), mark, form, error.message)
        return render(request, "supervision/meeting.html", context, status=status)
    messages.success(request, "已保存。")
    return redirect("meeting", pk=pk)


def _call(form: CallForm) -> Call:
    """Return what was typed. Raises Invalid when the form is not complete."""
    if not form.is_valid():
        raise Invalid("没有填写完整，请看下面的提示。")
    given = dict(form.cleaned_data)
    return Call(**{**given, "kind": MeetingKind(given["kind"])})


def _held(request: ActorRequest, course: MeetingCourse) -> dict[str, Any]:
    version = posted_version(request)
    return {"meeting": course.meeting, "base_version": version, "by": request.actor}


def _hold(request: ActorRequest, course: MeetingCourse, given: dict[str, Any]) -> None:
    presence = {
        row.pk: (_presence(request.POST, row.pk), request.POST.get(f"who-{row.pk}", "")[:100])
        for row in course.units
    }
    actions.hold_meeting(**_held(request, course), presence=presence, **given)


def _presence(given: QueryDict, pk: uuid.UUID) -> Presence:
    raw = given.get(f"presence-{pk}", "")
    return Presence(raw) if raw in Presence.values else Presence.EXPECTED


def _settle(request: ActorRequest, course: MeetingCourse, given: dict[str, Any]) -> None:
    actions.add_decision(**_held(request, course), settled=Settled(**given))


def _cancel(request: ActorRequest, course: MeetingCourse, given: dict[str, Any]) -> None:
    actions.cancel_meeting(**_held(request, course), **given)


def _report(request: ActorRequest, course: MeetingCourse, given: dict[str, Any]) -> None:
    key = typed.identifier(request.POST.get("decision", ""))
    decision = load(visible_decisions(request.actor), key)
    heard_at = course.meeting if decision.meeting_id != course.meeting.pk else None
    actions.report_decision(
        decision=decision,
        base_version=posted_version(request),
        text=given["text"],
        is_done=given["is_done"],
        meeting=heard_at if request.actor.may_everywhere(MANAGE) else None,
        by=request.actor,
    )


RUNS: dict[str, Callable[[ActorRequest, MeetingCourse, dict[str, Any]], None]] = {
    "hold": _hold,
    "settle": _settle,
    "cancel": _cancel,
    "report": _report,
}


def _shown(
    request: ActorRequest,
    course: MeetingCourse,
    mark: str = "",
    form: forms.Form | None = None,
    problem: str = "",
) -> dict[str, Any]:
    """Return what the page shows; a refused form in its place."""
    meeting, manages = course.meeting, request.actor.may_everywhere(MANAGE)
    state = MeetingState(meeting.state)

    def shown_form(name: str, **initial: Any) -> forms.Form:
        kind = FORMS[name.partition("-")[0]]
        return form if name == mark and form else kind(initial=initial, auto_id=f"{name}-%s")

    offers: list[tuple[str, str, forms.Form, bool]] = []
    if manages and state != MeetingState.CANCELLED and meeting.held_on <= clock.today():
        label = "记录到会和纪要" if state == MeetingState.PLANNED else "更正到会和纪要"
        minutes = shown_form("hold", minutes=meeting.minutes)
        offers.append(("hold", label, minutes, state == MeetingState.PLANNED or mark == "hold"))
    if manages and state == MeetingState.HELD:
        offers.append(("settle", "加一项议定事项", shown_form("settle"), True))
    if manages and state == MeetingState.PLANNED:
        offers.append(("cancel", "取消会议", shown_form("cancel"), mark == "cancel"))

    def told(decision: MeetingDecision) -> dict[str, Any]:
        may_report = decision.state == DecisionState.OPEN and (
            manages or request.actor.may(Permission.ANSWER_SUPERVISION, unit_id=decision.unit_id)
        )
        name = f"report-{decision.pk}"
        return {
            "decision": decision,
            "reports": course.reports.get(decision.pk, []),
            "form": shown_form(name) if may_report else None,
            "is_open": name == mark,
            "is_late": decision.state == DecisionState.OPEN and decision.due_on < clock.today(),
        }

    return {
        "meeting": meeting,
        "tone": TONES[state],
        "units": course.units,
        "presences": Presence.choices,
        "decisions": [told(one) for one in course.decisions],
        "earlier": [told(one) for one in course.earlier],
        "more_earlier": course.more_earlier,
        "offers": offers,
        "problem": problem,
        "manages": manages,
        "may_edit": manages and state == MeetingState.PLANNED,
        "unit_names": unit_names() if manages and state == MeetingState.HELD else [],
    }
