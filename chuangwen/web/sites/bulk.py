"""Steps on many sites that were ticked in the list: closing, giving an owner, marking."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.sites.actions.duties import Charge, assign_duty
from chuangwen.sites.actions.states import close_sites, mark_demonstration
from chuangwen.sites.enums import SiteDutyKind
from chuangwen.sites.models import Site
from chuangwen.sites.queries import visible_sites
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import ticked_versions
from chuangwen.web.people.unit_forms import show_refusal, unit_names
from chuangwen.web.sites.forms import ChargeForm
from chuangwen.web.sites.listing import MANAGE

MOST = 500
Versions = dict[uuid.UUID, int]


@page("GET", "POST", may=MANAGE)
def bulk(request: ActorRequest) -> HttpResponse:
    """Show the ticked sites and what can be done with them; do it to all or to none."""
    versions = _ticked(request)
    sites = _chosen(request, versions)
    form = ChargeForm(
        request.POST if request.POST.get("step") == "assign" else None,
        initial={"valid_from": clock.today(), "kind": SiteDutyKind.OWNER},
    )
    problem = ""
    if request.method == "POST":
        try:
            done = STEPS.get(request.POST.get("step", ""), _unknown)(request, versions, form)
        except Invalid as error:
            problem = error.message
            if form.is_bound and error.field:
                show_refusal(form, error)
        else:
            messages.success(request, done)
            return _back(request, sites)
    context: dict[str, Any] = {
        "sites": sites,
        "ticks": [f"{key}:{version}" for key, version in versions.items()],
        "form": form,
        "problem": problem,
        "typed": request.POST,
        "back": _given(request).get("back", ""),
        "unit_names": unit_names(),
    }
    return render(request, "sites/bulk.html", context, status=422 if problem else 200)


def _given(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _ticked(request: ActorRequest) -> Versions:
    """Return what was ticked as key → version. Raises Invalid for none, too many or nonsense."""
    ticks = _given(request).getlist("site")
    versions = ticked_versions(ticks, "页面内容不完整。请返回列表重新勾选。")
    if not versions or len(versions) > MOST:
        raise Invalid(f"勾选了 {len(versions)} 个点位。请返回列表勾选 1 至 {MOST} 个。")
    return versions


def _chosen(request: ActorRequest, versions: Versions) -> list[Site]:
    visible = visible_sites(request.actor).select_related("site_type", "area")
    sites = list(visible.filter(pk__in=versions).order_by("code"))
    if len(sites) != len(versions):
        raise IllegalTransition("有点位已不存在。请返回列表，刷新后重新勾选。")
    return sites


def _close(request: ActorRequest, versions: Versions, _form: ChargeForm) -> str:
    reason = request.POST.get("reason", "")
    closed = close_sites(versions=versions, reason=reason, by=request.actor)
    return f"已停用 {len(closed)} 个点位，档案保留。"


def _mark(request: ActorRequest, versions: Versions, _form: ChargeForm) -> str:
    changed = mark_demonstration(versions=versions, is_demonstration=True, by=request.actor)
    return f"已标为示范点位：{len(changed)} 个。"


def _unmark(request: ActorRequest, versions: Versions, _form: ChargeForm) -> str:
    changed = mark_demonstration(versions=versions, is_demonstration=False, by=request.actor)
    return f"已取消示范点位：{len(changed)} 个。"


def _assign(request: ActorRequest, versions: Versions, form: ChargeForm) -> str:
    if not form.is_valid():
        raise Invalid("责任没有填写完整，请看下面的提示。")
    given = form.cleaned_data
    charge = Charge(**{**given, "kind": SiteDutyKind(given["kind"])})
    changed = assign_duty(versions=versions, charge=charge, by=request.actor)
    return f"“{given['unit'].name}”自 {given['valid_from']} 起负责 {len(changed)} 个点位。"


def _unknown(_request: ActorRequest, _versions: Versions, _form: ChargeForm) -> str:
    raise Invalid("没有说明要做什么。请用页面上的按钮。")


STEPS: dict[str, Callable[[ActorRequest, Versions, ChargeForm], str]] = {
    "close": _close,
    "mark": _mark,
    "unmark": _unmark,
    "assign": _assign,
}


def _back(request: ActorRequest, sites: list[Site]) -> HttpResponseRedirect:
    """Return to the list as it was filtered, or to the one site from which one came."""
    query = request.POST.get("back", "")
    if query == "site" and len(sites) == 1:
        return HttpResponseRedirect(reverse("site", args=[sites[0].pk]))
    return HttpResponseRedirect(reverse("sites") + (f"?{query}" if query else ""))
