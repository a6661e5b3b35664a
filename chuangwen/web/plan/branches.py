"""Branches of the plan's tree that come when they are opened: tasks, and the units of a task."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.branches import KINDS, tasks_under
from chuangwen.plan.queries import parts_visible_to, tasks_visible_to
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MOST = 50


@page(may=MAY)
def show_branch(request: ActorRequest, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Send the first tasks below an action, a goal area or a key work."""
    if kind not in KINDS:
        raise NotFound("没有找到您要的内容。请从“行动计划”页面展开。")
    load(KINDS[kind]._default_manager.all(), pk)
    return render(request, "plan/_branch.html", branch(request.actor, kind, pk))


@page(may=MAY)
def show_task_units(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the units that have a part in a task, the leading ones first."""
    task = load(tasks_visible_to(request.actor), pk)
    parts = parts_visible_to(request.actor).filter(task=task).select_related("unit")
    context = {
        "task": task,
        "parts": parts.order_by("kind", "unit__name", "pk")[: MOST + 1],
        "most": MOST,
        "day": clock.today(),
    }
    return render(request, "plan/_branch_units.html", context)


def branch(actor: Actor, kind: str, pk: uuid.UUID) -> dict[str, Any]:
    """Return what `_branch.html` shows: one query whatever hangs below."""
    tasks = list(tasks_under(actor, kind, pk)[: MOST + 1])
    return {
        "kind": kind,
        "goal_id": pk,
        "tasks": tasks[:MOST],
        "has_more": len(tasks) > MOST,
        "most": MOST,
    }
