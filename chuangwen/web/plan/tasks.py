"""One task: what it is, who has it, what happened; and the office's steps on the whole."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.task_editing import reopen_task
from chuangwen.plan.actions.tasks import cancel_task, complete_task
from chuangwen.plan.duty_reading import dated, in_force
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import Duty, Task
from chuangwen.plan.queries import parts_visible_to, tasks_visible_to
from chuangwen.plan.rules import is_late
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.plan.history import history_of_task
from chuangwen.web.plan.progress import progress_of_task

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
ENDED = (PartState.DONE, PartState.CLOSED)


def task_of(request: ActorRequest, pk: uuid.UUID) -> Task:
    """Return one visible task with what it belongs to. Raises NotFound."""
    related = tasks_visible_to(request.actor).select_related("action", "area", "key_work")
    return load(related, pk)


@page(may=MAY)
def show_task(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a task with the parts and progress the viewer may see; `history` shows what happened."""
    tells_history = bool(request.GET.get("history"))
    task, day = task_of(request, pk), clock.today()
    visible = parts_visible_to(request.actor).filter(task=task)
    parts = list(visible.select_related("unit").order_by("kind", "unit__name"))
    done = sum(part.state in ENDED for part in parts)
    context: dict[str, object] = {
        "task": task,
        "parts": parts,
        "done": done,
        "units_due": max((part.due_on for part in parts if part.due_on), default=None),
        "late": sum(is_late(part, day) for part in parts),
        "all_done": bool(parts) and done == len(parts),
        "tells_history": tells_history,
        "day": day,
        "sees_district": request.actor.may_everywhere(Permission.VIEW_DISTRICT),
        "may_dispatch": request.actor.may(Permission.DISPATCH_TASKS),
        "may_review": request.actor.may(Permission.REVIEW_TASKS),
        "may_manage": request.actor.may(Permission.MANAGE_PLAN),
        "may_ask": request.actor.may(Permission.ASK_ABOUT_DUTY),
    }
    if tells_history:
        context["duties"] = dated(in_force(Duty.objects.filter(task=task)))
        context["history"] = history_of_task(request.actor, task)
    else:
        context["progress"] = progress_of_task(task, request.actor)
    return render(request, "plan/task.html", context)


@page("POST", may=Permission.REVIEW_TASKS)
def complete(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm the whole task."""
    complete_task(task=task_of(request, pk), base_version=posted_version(request), by=request.actor)
    messages.success(request, "已确认整体完成。")
    return redirect("plan-task", pk=pk)


@page("POST", may=Permission.REVIEW_TASKS)
def reopen(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the confirmation of the whole back."""
    reopen_task(
        task=task_of(request, pk),
        base_version=posted_version(request),
        reason=request.POST.get("reason", ""),
        by=request.actor,
    )
    messages.success(request, "任务已重新打开，各单位回到“本部分完成”。")
    return redirect("plan-task", pk=pk)


@page("POST", may=Permission.DISPATCH_TASKS)
def cancel(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Call the task off."""
    reason = request.POST.get("reason", "")
    version = posted_version(request)
    cancel_task(task=task_of(request, pk), base_version=version, reason=reason, by=request.actor)
    messages.success(request, "任务已作废，单位的待办已撤回。")
    return redirect("plan-task", pk=pk)
