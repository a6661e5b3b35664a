"""The review of an import: text beside the extracted items, decisions, confirmation."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.comparing import compare_again
from chuangwen.plan.actions.confirming import confirm_import
from chuangwen.plan.actions.imports import discard_import
from chuangwen.plan.actions.reshaping import merge_items
from chuangwen.plan.actions.review import accept_remaining, decide_items, undo_last_step
from chuangwen.plan.enums import ItemState
from chuangwen.plan.models import PlanImport, SourceDocument
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.plan.review_context import answer, load_import, page_context, passing_ids

MAY = Permission.MANAGE_PLAN
STATES = {"accept": ItemState.ACCEPTED, "drop": ItemState.DROPPED, "undo": ItemState.PROPOSED}


@page(may=MAY)
def show_review(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the text on the left and the items of a view on the right."""
    return render(request, "plan/review.html", page_context(request, load_import(pk)))


@page("POST", may=MAY)
def decide(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept, drop, put back or merge the chosen items."""
    decision = request.POST.get("decision", "")
    ids = request.POST.getlist("item")
    if decision in STATES and request.POST.get("everything"):
        return _decide_all(request, load_import(pk), STATES[decision])
    if decision not in {*STATES, "merge"} or not ids:
        raise Invalid("请先勾选条目，再选择“接受”“舍弃”“合并”或“退回待核对”。")
    try:
        chosen = [uuid.UUID(raw) for raw in ids]
    except ValueError as error:
        raise Invalid("勾选的条目无效。请刷新页面后重试。") from error
    plan_import = load_import(pk)
    if decision == "merge":
        outcome = merge_items(plan_import=plan_import, item_ids=chosen, by=request.actor)
        return answer(request, plan_import, outcome, f"{len(chosen)} 条合并为一条。")
    state = STATES[decision]
    outcome = decide_items(plan_import=plan_import, item_ids=chosen, state=state, by=request.actor)
    return answer(request, plan_import, outcome, f"已处理，{len(outcome)} 个条目有变化。")


def _decide_all(request: ActorRequest, plan_import: PlanImport, state: ItemState) -> HttpResponse:
    """Decide what the filter lets pass. The number that was shown must still be right."""
    chosen = passing_ids(request, plan_import)
    if str(len(chosen)) != request.POST.get("number"):
        raise StaleEdit(
            f"符合筛选的条目现在是 {len(chosen)} 条，与页面显示的不同，没有处理。请刷新后再试。"
        )
    outcome = decide_items(plan_import=plan_import, item_ids=chosen, state=state, by=request.actor)
    words = f"符合筛选的 {len(chosen)} 条已处理，{len(outcome)} 个条目有变化；可以撤销。"
    return answer(request, plan_import, outcome, words)


@page("POST", may=MAY)
def undo(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back the last step of the review."""
    plan_import = load_import(pk)
    label, outcome = undo_last_step(plan_import=plan_import, by=request.actor)
    return answer(request, plan_import, outcome, f"已撤销：{label}。")


@page("POST", may=MAY)
def accept_rest(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept everything new that still waits; doubts and changes are decided one by one."""
    plan_import = load_import(pk)
    outcome = accept_remaining(plan_import=plan_import, by=request.actor)
    words = f"已接受其余 {len(outcome)} 个条目；疑点和改动仍需逐处核对。"
    return answer(request, plan_import, outcome, words)


@page("POST", may=MAY)
def compare(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Compare again, with the document that the reviewer chose as the amended one."""
    plan_import = load_import(pk)
    amends = None
    if chosen := request.POST.get("amends", ""):
        try:
            key = uuid.UUID(chosen)
        except ValueError as error:
            raise Invalid("选择的文件无效。请刷新页面后重试。", field="amends") from error
        amends = load(SourceDocument.objects.defer("text"), key)
    compare_again(plan_import=plan_import, amends=amends, by=request.actor)
    messages.success(request, "已与现有计划重新比对。")
    return redirect("plan-review", pk=pk)


@page("POST", may=MAY)
def confirm(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Apply the import."""
    confirm_import(
        plan_import=load_import(pk),
        base_version=posted_version(request),
        effective_on=clock.today(),
        by=request.actor,
    )
    messages.success(request, "已确认，选定的内容已写入计划。")
    return redirect("plan")


@page("POST", may=MAY)
def discard(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the import up."""
    discard_import(plan_import=load_import(pk), by=request.actor)
    messages.success(request, "已放弃这次导入，没有写入任何内容。")
    return redirect("plan-imports")
