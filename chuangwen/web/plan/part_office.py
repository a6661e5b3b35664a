"""The office's steps on a unit's part: judging it, one after another; extending, withdrawing."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions import parts as actions
from chuangwen.plan.actions.part_office import (
    confirm_parts,
    extend_part,
    recall_part,
    withdraw_part,
)
from chuangwen.plan.models import TaskPart
from chuangwen.plan.queries import part_for
from chuangwen.plan.review_queue import WAITING, next_after
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_day, posted_version


@page("POST", may=Permission.REVIEW_TASKS)
def judge(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm or return, then go on to what waits next when the viewer works through the queue."""
    part = part_for(request.actor, pk)
    version, reason = posted_version(request), request.POST.get("reason", "")
    queue = request.POST.get("queue", "")
    following = next_after(request.actor, part, queue) if queue else None
    match request.POST.get("decision"):
        case "confirm":
            confirm_parts(versions={part.pk: version}, by=request.actor)
            words = "已通过"
        case "return":
            actions.return_measures(
                part=part, base_version=version, reason=reason, by=request.actor
            )
            words = "已退回"
        case "rework":
            actions.rework_part(part=part, base_version=version, reason=reason, by=request.actor)
            words = "已退回继续办理"
        case _:
            raise Invalid("请选择“通过”或“退回”。")
    messages.success(request, f"{words}：{part.unit.name}《{part.task.title}》。")
    return _onwards(part, queue, following)


@page("POST", may=Permission.REVIEW_TASKS)
def recall(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's 通过 back."""
    part = part_for(request.actor, pk)
    recall_part(part=part, base_version=posted_version(request), by=request.actor)
    messages.success(request, "已撤销通过，重新等待审核。")
    return redirect("plan-part", pk=pk)


@page("GET", "POST", may=Permission.DISPATCH_TASKS)
def change_part(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Extend a unit's deadline or take the task back; a refused form comes back as typed."""
    part = part_for(request.actor, pk)
    if request.method != "POST":
        return render(request, "plan/part_office.html", {"part": part, "typed": {}})
    step = request.POST.get("step", "")
    try:
        _take(request, part, step)
    except (Invalid, StaleEdit, IllegalTransition) as error:
        part = part_for(request.actor, pk)
        context = {"part": part, "typed": request.POST, "step": step, "problem": error.message}
        return render(request, "plan/part_office.html", context, status=error.status)
    messages.success(request, "已调整时限。" if step == "extend" else "已撤回。")
    return redirect("plan-task", pk=part.task_id)


def _take(request: ActorRequest, part: TaskPart, step: str) -> None:
    version, reason = posted_version(request), request.POST.get("reason", "")
    if step == "extend":
        due_on = posted_day(request, "due_on", "新的时限")
        extend_part(part=part, base_version=version, due_on=due_on, reason=reason, by=request.actor)
    elif step == "withdraw":
        withdraw_part(part=part, base_version=version, reason=reason, by=request.actor)
    else:
        raise Invalid("请选择“延期”或“撤回”。")


def _onwards(part: TaskPart, queue: str, following: uuid.UUID | None) -> HttpResponse:
    if not queue:
        return redirect("plan-part", pk=part.pk)
    state = queue if queue in WAITING else "all"
    if following is None:
        return redirect("plan-queue")
    address = reverse("plan-part", args=[following])
    return HttpResponseRedirect(f"{address}?queue={state}&judged={part.pk}")
