"""The steps of a round: begin, edit, start, close, give up."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.queries.versions import visible_versions
from chuangwen.inspection.actions.closing import close_round
from chuangwen.inspection.actions.rounds import create_round, discard_round, edit_round
from chuangwen.inspection.actions.starting import start_round
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.queries.outstanding import outstanding
from chuangwen.inspection.queries.visible import visible_rounds
from chuangwen.inspection.workflow import ROUND
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.forms import attempt
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.inspection.forms import RoundForm
from chuangwen.web.inspection.rounds import load_round
from chuangwen.web.loading import posted_version

MAY = Permission.MANAGE_ROUNDS


@page("GET", "POST", may=MAY)
def begin(request: ActorRequest) -> HttpResponse:
    """Show the form of a new round; begin its draft."""
    form = _form(request)
    made = attempt(form, lambda _: create_round(facts=form.facts(), by=request.actor))
    if made is not None:
        messages.success(request, f"已建立草稿“{made.name}”。请抽取点位。")
        return redirect("round-sample", pk=made.pk)
    context = {"form": form, "title": "新建测评轮次", "button": "建立草稿"}
    return _rendered(request, form, context)


@page("GET", "POST", may=MAY)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a draft; change it."""
    within = load_round(request, pk)
    ROUND.check("edit", RoundState(within.state))
    initial = {name: getattr(within, name) for name in RoundForm.base_fields if name != "version"}
    initial["version"] = within.version
    form = _form(request, initial=initial)
    changed = attempt(
        form,
        lambda data: edit_round(
            within=within,
            base_version=data["version"] or 0,
            facts=form.facts(),
            by=request.actor,
        ),
    )
    if changed is not None:
        messages.success(request, "已保存。")
        return redirect("round", pk=pk)
    context = {"form": form, "title": "修改测评轮次", "button": "保存", "round": within}
    return _rendered(request, form, context)


@page("POST", may=MAY)
def start(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Start a draft."""
    within = load_round(request, pk)
    start_round(within=within, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"“{within.name}”已启动，测评员可以下载到手机。")
    return redirect("round", pk=pk)


@page("GET", "POST", may=MAY)
def close(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what is still open of a running round; close it for good once that is confirmed.

    What came up between the page and the button is shown again and has to be confirmed anew.
    """
    within = load_round(request, pk)
    ROUND.check("close", RoundState(within.state))
    left = outstanding(within)
    context: dict[str, Any] = {"round": within, "open": left}
    if request.method != "POST":
        return render(request, "inspection/close.html", context)
    posted_version(request)
    if left.is_any and request.POST.get("confirmed") != left.token:
        changed = "confirmed" in request.POST
        context["problem"] = (
            "刚才又有变化，没有结束本轮。请看过下面的情况后重新确认。"
            if changed
            else "还有没有了结的，没有结束本轮。请看过下面的情况后勾选确认。"
        )
        return render(request, "inspection/close.html", context, status=422)
    close_round(within=within, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"“{within.name}”已结束，结果不再改变。")
    return redirect("round", pk=pk)


@page("POST", may=MAY)
def discard(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a draft."""
    within = load_round(request, pk)
    discard_round(within=within, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已删除草稿“{within.name}”。")
    return redirect("rounds")


def _form(request: ActorRequest, **options: Any) -> RoundForm:
    published = visible_versions(request.actor).filter(state="published")
    closed = visible_rounds(request.actor).filter(state=RoundState.CLOSED)
    return RoundForm(
        request.POST or None,
        versions=published.order_by("framework__name", "-number"),
        earlier=closed.order_by("-number"),
        **options,
    )


def _rendered(request: ActorRequest, form: RoundForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound or request.method == "POST" else 200
    return render(request, "inspection/round_form.html", context, status=status)
