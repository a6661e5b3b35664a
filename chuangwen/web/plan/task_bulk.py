"""Steps on many tasks at once. Each shows what it will do before it does it."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.cancelling import cancel_tasks
from chuangwen.plan.actions.dispatching import Assignment
from chuangwen.plan.actions.dispatching_collectives import dispatch_and_expand
from chuangwen.plan.actions.task_editing import LIVE, change_deadlines
from chuangwen.plan.collective_owners import Expanded, with_expansions
from chuangwen.plan.duty_reading import WORK_KINDS, chosen_owners, in_force
from chuangwen.plan.enums import DutyKind, PartState
from chuangwen.plan.listing import with_progress
from chuangwen.plan.models import Duty, Task, TaskPart
from chuangwen.plan.queries import tasks_visible_to
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load_ticked, posted_day

MAY = Permission.DISPATCH_TASKS
MOST = 500


@dataclass(frozen=True)
class Proposal:
    """One unit to which one task is proposed; `held` when the unit has it already."""

    value: str
    duty: Duty
    held: bool
    ticked: bool


@page("GET", "POST", may=MAY)
def bulk_dispatch(request: ActorRequest) -> HttpResponse:
    """Show task × units as the plan proposes them; give what is left ticked."""
    tasks = _chosen(request)
    ticked = set(request.POST.getlist("pair")) if request.method == "POST" else None
    status, problem = 200, ""
    if ticked is not None:
        try:
            parts = _give(request, tasks, ticked)
        except Invalid as error:
            status, problem = 422, error.message
        else:
            number = len({part.task_id for part in parts})
            messages.success(request, f"已下达：{number} 项任务，{len(parts)} 个单位任务。")
            return _back(request)
    live = [task for task in tasks if task.state in LIVE]
    rows, expanded = _proposals(live, ticked)
    context = _context(request, tasks, problem) | {
        "rows": rows,
        "collectives": expanded.collectives,
        "undefined": {duty.written_name for duty in expanded.undefined},
        "day": clock.today(),
        "pairs": sum(one.ticked for _, owners in rows for one in owners),
        "without_deadline": sum(task.due_on is None for task in live),
        "one_day": request.POST.get("one_day", ""),
        "deadline": request.POST.get("deadline", "own"),
    }
    return render(request, "plan/bulk_dispatch.html", context, status=status)


@page("GET", "POST", may=MAY)
def bulk_deadline(request: ActorRequest) -> HttpResponse:
    """Set one deadline for the chosen tasks."""
    tasks = _chosen(request)
    status, problem = 200, ""
    if request.method == "POST":
        try:
            moved = change_deadlines(
                task_ids=[task.pk for task in tasks if task.state in LIVE],
                due_on=posted_day(request, "due_on", "新的时限"),
                reason=request.POST.get("reason", ""),
                with_parts="with_parts" in request.POST,
                by=request.actor,
            )
        except Invalid as error:
            status, problem = 422, error.message
        else:
            messages.success(request, f"已调整时限，其中单位任务 {moved} 个。")
            return _back(request)
    context = _context(request, with_progress(tasks, request.actor, clock.today()), problem)
    return render(request, "plan/bulk_deadline.html", context, status=status)


@page("GET", "POST", may=MAY)
def bulk_cancel(request: ActorRequest) -> HttpResponse:
    """Call the chosen tasks off."""
    tasks = _chosen(request)
    status, problem = 200, ""
    if request.method == "POST":
        try:
            ended = cancel_tasks(
                task_ids=[task.pk for task in tasks if task.state in LIVE],
                reason=request.POST.get("reason", ""),
                by=request.actor,
            )
        except Invalid as error:
            status, problem = 422, error.message
        else:
            messages.success(request, f"已作废 {len(ended)} 项任务，单位的待办已撤回。")
            return _back(request)
    return render(
        request, "plan/bulk_cancel.html", _context(request, tasks, problem), status=status
    )


def _chosen(request: ActorRequest) -> list[Task]:
    given = request.POST if request.method == "POST" else request.GET
    visible = tasks_visible_to(request.actor).select_related("action", "area", "key_work")
    return load_ticked(visible, given, "task", noun="任务", measure="项", most=MOST)


def _context(request: ActorRequest, tasks: Sequence[Task], problem: str) -> dict[str, Any]:
    given = request.POST if request.method == "POST" else request.GET
    return {
        "tasks": tasks,
        "live": [task for task in tasks if task.state in LIVE],
        "ended": [task for task in tasks if task.state not in LIVE],
        "back": given.get("back", ""),
        "typed": request.POST,
        "with_parts": request.method == "GET" or "with_parts" in request.POST,
        "problem": problem,
    }


def _give(request: ActorRequest, tasks: list[Task], ticked: set[str]) -> list[TaskPart]:
    """Dispatch what is ticked; collective owners that brought a unit along are expanded."""
    assignments = _assignments(request, tasks, ticked)
    places = {task.pk: (task.pk, task.action_id) for task in tasks}
    pairs = {(place, one.unit_id) for one in assignments for place in places[one.task_id] if place}
    return dispatch_and_expand(
        assignments=assignments,
        collectives=_named_owners(tasks).used_by(pairs),
        day=clock.today(),
        by=request.actor,
    )


def _named_owners(tasks: list[Task]) -> Expanded:
    """Return the duties of tasks and of their actions, collective owners as today's units."""
    actions = {task.action_id for task in tasks if task.action_id}
    named = Duty.objects.filter(Q(task__in=tasks) | Q(action_id__in=actions), kind__in=WORK_KINDS)
    duties = in_force(named).select_related("unit").order_by("position", "pk")
    return with_expansions(list(duties), clock.today())


def _proposals(
    tasks: list[Task], ticked: set[str] | None
) -> tuple[list[tuple[Task, list[Proposal]]], Expanded]:
    """Return each task with the units that the plan names for it."""
    expanded = _named_owners(tasks)
    duties = expanded.duties
    parts = TaskPart.objects.filter(task__in=tasks).exclude(state=PartState.WITHDRAWN)
    held = set(parts.values_list("task_id", "unit_id"))
    rows = []
    for task in tasks:
        proposals = []
        for duty in chosen_owners(task, duties):
            value = f"{task.pk}:{duty.unit_id}:{duty.kind}"
            has = (task.pk, duty.unit_id) in held
            proposals.append(
                Proposal(value, duty, has, not has and (ticked is None or value in ticked))
            )
        rows.append((task, proposals))
    return rows, expanded


def _assignments(request: ActorRequest, tasks: list[Task], ticked: set[str]) -> list[Assignment]:
    one_day: datetime.date | None = None
    if request.POST.get("deadline") == "one":
        one_day = posted_day(request, "one_day", "统一的时限")
    known = {str(task.pk): task for task in tasks}
    try:
        made = []
        for value in sorted(ticked):
            task_id, unit_id, kind = value.split(":")
            task = known[task_id]
            due_on = one_day or task.due_on
            made.append(Assignment(task.pk, uuid.UUID(unit_id), DutyKind(kind), due_on))
    except (KeyError, ValueError) as error:
        raise Invalid("页面内容不完整。请返回列表重新勾选。") from error
    return made


def _back(request: ActorRequest) -> HttpResponseRedirect:
    """Return to the list as it was filtered."""
    query = request.POST.get("back", "")
    return HttpResponseRedirect(reverse("plan-tasks") + (f"?{query}" if query else ""))
