"""The review of an import: text beside the extracted items, decisions, confirmation."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.confirming import confirm_import
from chuangwen.plan.actions.imports import discard_import
from chuangwen.plan.actions.review import accept_remaining, decide_items, edit_item
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport
from chuangwen.plan.reviewing.fields import FIELDS
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.plan.cards import cards_of, counts_of
from chuangwen.web.plan.segments import segments_of

MAY = Permission.MANAGE_PLAN


def _import(pk: uuid.UUID) -> PlanImport:
    return load(PlanImport.objects.select_related("source"), pk)


@page(may=MAY)
def show_review(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the text on the left and the items on the right, filtered by kind or state."""
    plan_import = _import(pk)
    items = list(plan_import.items.order_by("position"))
    kind = request.GET.get("kind", ItemKind.ANOMALY)
    shown = [item for item in items if kind in ("all", item.kind)]
    context = {
        "plan_import": plan_import,
        "segments": segments_of(plan_import.source.text, items),
        "cards": cards_of(shown, items, plan_import.source.text),
        "kinds": counts_of(items),
        "kind": kind,
        "today": clock.today(),
    }
    return render(request, "plan/review.html", context)


@page("POST", may=MAY)
def decide(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept, drop or put back the chosen items."""
    states = {"accept": ItemState.ACCEPTED, "drop": ItemState.DROPPED, "undo": ItemState.PROPOSED}
    state = states.get(request.POST.get("decision", ""))
    ids = request.POST.getlist("item")
    if state is None or not ids:
        raise Invalid("请先勾选条目，再选择“接受”“舍弃”或“撤销”。")
    try:
        chosen = [uuid.UUID(raw) for raw in ids]
    except ValueError as error:
        raise Invalid("勾选的条目无效。请刷新页面后重试。") from error
    changed = decide_items(plan_import=_import(pk), item_ids=chosen, state=state, by=request.actor)
    messages.success(request, f"{len(changed)} 个条目改为“{state.label}”。")
    return _back(request, pk)


@page("POST", may=MAY)
def change_item(request: ActorRequest, pk: uuid.UUID, item: uuid.UUID) -> HttpResponse:
    """Correct an item's wording and accept it."""
    found = load(ImportItem.objects.filter(plan_import_id=pk), item)
    fields = FIELDS[ItemKind(found.kind)]
    changes = {name: request.POST[name].strip() for name in fields if name in request.POST}
    edit_item(item=found, base_version=posted_version(request), changes=changes, by=request.actor)
    messages.success(request, "已保存修改并接受该条目。")
    return _back(request, pk)


@page("POST", may=MAY)
def accept_rest(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept everything that still waits, anomalies excepted."""
    changed = accept_remaining(plan_import=_import(pk), by=request.actor)
    messages.success(request, f"已接受其余 {len(changed)} 个条目；疑点仍需逐处核对。")
    return _back(request, pk)


@page("POST", may=MAY)
def confirm(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Apply the import."""
    confirm_import(
        plan_import=_import(pk),
        base_version=posted_version(request),
        effective_on=clock.today(),
        by=request.actor,
    )
    messages.success(request, "已确认，目标领域、提升行动、任务和责任单位已生成。")
    return redirect("plan")


@page("POST", may=MAY)
def discard(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the import up."""
    discard_import(plan_import=_import(pk), by=request.actor)
    messages.success(request, "已放弃这次导入，没有写入任何内容。")
    return redirect("plan-imports")


def _back(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    kind = request.POST.get("kind_filter", "")
    known = {*ItemKind.values, "all"}
    query = f"?kind={kind}" if kind in known else ""
    return redirect(reverse("plan-review", kwargs={"pk": pk}) + query)
