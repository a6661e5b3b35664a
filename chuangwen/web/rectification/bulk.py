"""Steps on many cases that were ticked in a list: all of them, or none."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from chuangwen.kit import typed
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.checking import close_cases
from chuangwen.rectification.actions.deciding import (
    cancel_cases,
    decline_cases,
    file_cases,
    merge_cases,
)
from chuangwen.rectification.actions.dispatching import dispatch_cases
from chuangwen.rectification.actions.holding import MOST_AT_ONCE
from chuangwen.rectification.enums import CaseState
from chuangwen.rectification.models import Case
from chuangwen.rectification.queries import visible_cases
from chuangwen.rectification.workflow import WITH_UNITS
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import ticked_versions
from chuangwen.web.people.unit_forms import show_refusal, unit_names
from chuangwen.web.rectification.case import TONES
from chuangwen.web.rectification.forms import BulkDispatchForm

MAY = (Permission.MANAGE_CASES, Permission.CLOSE_CASES)
Versions = dict[uuid.UUID, int]
SENT = {state.value for state in WITH_UNITS}


@page("GET", "POST", may=MAY)
def bulk(request: ActorRequest) -> HttpResponse:
    """Show the ticked cases and what can be done with them; do it to all or to none."""
    versions = _ticked(request)
    cases = _chosen(request, versions)
    step = request.POST.get("step", "")
    form = BulkDispatchForm(request.POST if step == "dispatch" else None)
    problem, status = "", 200
    if request.method == "POST":
        try:
            done = STEPS.get(step, _unknown)(request, versions, form)
        except (Invalid, IllegalTransition, StaleEdit) as error:
            problem, status = error.message, error.status
            if isinstance(error, Invalid) and form.is_bound and error.field in form.fields:
                show_refusal(form, error)
        else:
            messages.success(request, done)
            return _back(request)
    states = {case.state for case in cases}
    leads = {case.lead for case in cases if case.due_on} if states <= SENT else set()
    context: dict[str, Any] = {
        "cases": [(case, TONES.get(CaseState(case.state), "neutral")) for case in cases],
        # As they are now: after a refusal for a stale version the page is up to date.
        "ticks": [f"{case.pk}:{case.version}" for case in cases],
        "is_all": {
            "reported": states == {CaseState.REPORTED},
            "filed": states == {CaseState.FILED},
            "verified": states == {CaseState.VERIFIED},
        },
        # One unit leads all of them: it can be sent a 整改通知书.
        "notice_unit": leads.pop() if len(leads) == 1 else None,
        "form": form,
        "problem": problem,
        "typed": request.POST,
        "back": _given(request).get("back", ""),
        "unit_names": unit_names() if CaseState.FILED in states else [],
    }
    return render(request, "rectification/bulk.html", context, status=status)


def _given(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _ticked(request: ActorRequest) -> Versions:
    """Return what was ticked as key → version. Raises Invalid for none, too many or nonsense."""
    ticks = _given(request).getlist("case")
    versions = ticked_versions(ticks, "页面内容不完整。请返回清单重新勾选。")
    if not versions or len(versions) > MOST_AT_ONCE:
        raise Invalid(f"勾选了 {len(versions)} 个问题。请返回清单勾选 1 至 {MOST_AT_ONCE} 个。")
    return versions


def _chosen(request: ActorRequest, versions: Versions) -> list[Case]:
    visible = visible_cases(request.actor).select_related("lead", "proposed_lead")
    cases = list(visible.filter(pk__in=versions).order_by("created_at", "pk"))
    if len(cases) != len(versions):
        raise IllegalTransition("有问题已不存在。请返回清单，刷新后重新勾选。")
    return cases


def _file(request: ActorRequest, versions: Versions, _form: BulkDispatchForm) -> str:
    cases = file_cases(versions=versions, by=request.actor)
    return f"已立案 {len(cases)} 个，等待派遣。"


def _decline(request: ActorRequest, versions: Versions, _form: BulkDispatchForm) -> str:
    reason = request.POST.get("reason", "")
    return f"不予立案 {len(decline_cases(versions=versions, reason=reason, by=request.actor))} 个。"


def _cancel(request: ActorRequest, versions: Versions, _form: BulkDispatchForm) -> str:
    reason = request.POST.get("reason", "")
    return f"已作废 {len(cancel_cases(versions=versions, reason=reason, by=request.actor))} 个。"


def _close(request: ActorRequest, versions: Versions, _form: BulkDispatchForm) -> str:
    text = request.POST.get("reason", "")
    return f"已销号 {len(close_cases(versions=versions, text=text, by=request.actor))} 个。"


def _merge(request: ActorRequest, versions: Versions, _form: BulkDispatchForm) -> str:
    key = typed.identifier(request.POST.get("keep", ""))
    keep = visible_cases(request.actor).filter(pk=key).first() if key else None
    if keep is None:
        raise Invalid("没有选定保留哪一个问题。请选择一个。", field="keep")
    reason = request.POST.get("reason", "")
    merge_cases(keep=keep, versions=versions, reason=reason, by=request.actor)
    return f"已将 {len(versions) - 1} 个问题并入“{keep}”。"


def _dispatch(request: ActorRequest, versions: Versions, form: BulkDispatchForm) -> str:
    if not form.is_valid():
        raise Invalid("派遣没有填写完整，请看下面的提示。")
    given = form.cleaned_data
    cases = dispatch_cases(
        versions=versions,
        lead=given["lead"],
        supporting=given["supporting"],
        due_on=given["due_on"],
        demand=given["reason"],
        by=request.actor,
    )
    return f"已派遣 {len(cases)} 个问题，已通知整改单位。"


def _unknown(_request: ActorRequest, _versions: Versions, _form: BulkDispatchForm) -> str:
    raise Invalid("没有说明要做什么。请用页面上的按钮。")


STEPS: dict[str, Callable[[ActorRequest, Versions, BulkDispatchForm], str]] = {
    "file": _file,
    "decline": _decline,
    "dispatch": _dispatch,
    "close": _close,
    "merge": _merge,
    "cancel": _cancel,
}


def _back(request: ActorRequest) -> HttpResponseRedirect:
    """Return to the list as it was filtered."""
    query = request.POST.get("back", "")
    return HttpResponseRedirect(reverse("cases") + (f"?{query}" if query else ""))
