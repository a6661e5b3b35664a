"""One task, from the office's side."""

import datetime
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.tasks import cancel_task, complete_task, dispatch_task
from chuangwen.plan.enums import DutyKind, PartState
from chuangwen.plan.models import Task
from chuangwen.plan.queries import parts_visible_to, tasks_visible_to
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_day, posted_version
from chuangwen.web.plan.progress import progress_of_task

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)


def _task(request: ActorRequest, pk: uuid.UUID) -> Task:
    related = tasks_visible_to(request.actor).select_related("action", "area", "key_work")
    return load(related, pk)


@page(may=MAY)
def show_task(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a task, the parts the viewer may see, and for the office the form to dispatch it."""
    task = _task(request, pk)
    parts = parts_visible_to(request.actor).filter(task=task).exclude(state=PartState.WITHDRAWN)
    context: dict[str, object] = {
        "task": task,
        "parts": parts.select_related("unit").order_by("kind", "unit__name"),
        "progress": progress_of_task(task, request.actor),
    }
    if request.actor.may(Permission.DISPATCH_TASKS):
        context |= {
            "units": Unit.objects.filter(valid_until__isnull=True).order_by("kind", "name"),
            "proposed": set(task.action.duties.values_list("unit_id", flat=True))
            if task.action
            else set(),
            "duty_kinds": DutyKind.choices[:3],
        }
    return render(request, "plan/task.html", context)


@page("POST", may=Permission.DISPATCH_TASKS)
def dispatch(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the task to the chosen units."""
    due_on: datetime.date | None = None
    if request.POST.get("due_on"):
        due_on = posted_day(request, "due_on", "完成时限")
    try:
        unit_ids = [uuid.UUID(raw) for raw in request.POST.getlist("unit")]
        kind = DutyKind(request.POST.get("kind", ""))
    except ValueError as error:
        raise Invalid("请选择单位和责任类别。") from error
    parts = dispatch_task(
        task=_task(request, pk), unit_ids=unit_ids, kind=kind, due_on=due_on, by=request.actor
    )
    messages.success(request, f"已下达给 {len(parts)} 个单位。")
    return redirect("plan-task", pk=pk)


@page("POST", may=Permission.REVIEW_TASKS)
def complete(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm the whole task."""
    complete_task(task=_task(request, pk), base_version=posted_version(request), by=request.actor)
    messages.success(request, "已确认整体完成。")
    return redirect("plan-task", pk=pk)


@page("POST", may=Permission.DISPATCH_TASKS)
def cancel(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Call the task off."""
    reason = request.POST.get("reason", "")
    version = posted_version(request)
    cancel_task(task=_task(request, pk), base_version=version, reason=reason, by=request.actor)
    messages.success(request, "任务已作废，单位的待办已撤回。")
    return redirect("plan-task", pk=pk)
