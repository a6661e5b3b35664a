"""Giving one task to units: those the plan names, and any others."""

import uuid
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.dispatching import Assignment
from chuangwen.plan.actions.dispatching_collectives import dispatch_and_expand
from chuangwen.plan.duty_reading import WORK_KINDS, proposed_owners
from chuangwen.plan.enums import DutyKind, PartState
from chuangwen.plan.models import Task
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_day
from chuangwen.web.plan.tasks import task_of


@page("GET", "POST", may=Permission.DISPATCH_TASKS)
def dispatch(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose units for a task; a refused choice comes back as it was made."""
    task = task_of(request, pk)
    if request.method != "POST":
        return render(request, "plan/dispatch.html", _context(request, task))
    try:
        assignments = _assignments(request, task)
        _, expanded = proposed_owners(task, clock.today())
        places = [place for place in (task.pk, task.action_id) if place]
        pairs = {(place, one.unit_id) for one in assignments for place in places}
        parts = dispatch_and_expand(
            assignments=assignments,
            collectives=expanded.used_by(pairs),
            day=clock.today(),
            by=request.actor,
        )
    except Invalid as error:
        context = _context(request, task) | {"problem": error.message}
        return render(request, "plan/dispatch.html", context, status=422)
    messages.success(request, f"已下达给 {len(parts)} 个单位。")
    return redirect("plan-task", pk=pk)


def _assignments(request: ActorRequest, task: Task) -> list[Assignment]:
    """Return a choice of proposed units, each with its own kind, and of others with one kind."""
    due_on = task.due_on
    if request.POST.get("due_on"):
        due_on = posted_day(request, "due_on", "完成时限")
    try:
        pairs = [raw.split(":") for raw in request.POST.getlist("pair")]
        made = {uuid.UUID(unit): DutyKind(kind) for unit, kind in pairs}
        others = [uuid.UUID(raw) for raw in request.POST.getlist("unit")]
        if others:
            kind = DutyKind(request.POST.get("kind", ""))
            made |= dict.fromkeys(others, kind)
    except ValueError as error:
        raise Invalid("请选择单位和责任类别。") from error
    return [Assignment(task.pk, unit, kind, due_on) for unit, kind in made.items()]


def _context(request: ActorRequest, task: Task) -> dict[str, Any]:
    live = task.parts.exclude(state=PartState.WITHDRAWN)
    held = set(live.values_list("unit_id", flat=True))
    posted = request.method == "POST"
    pairs, units = request.POST.getlist("pair"), request.POST.getlist("unit")
    known = list(Unit.objects.filter(valid_until__isnull=True).order_by("kind", "name"))
    proposed, expanded = proposed_owners(task, clock.today(), units=known)
    proposals: list[dict[str, Any]] = [
        {
            "duty": duty,
            "value": f"{duty.unit_id}:{duty.kind}",
            "held": duty.unit_id in held,
            "ticked": f"{duty.unit_id}:{duty.kind}" in pairs if posted else True,
        }
        for duty in proposed
    ]
    named = {one["duty"].unit_id for one in proposals}
    others: list[dict[str, Any]] = [
        {"unit": unit, "held": unit.pk in held, "ticked": str(unit.pk) in units}
        for unit in known
        if unit.pk not in named
    ]
    grouped = groupby(others, key=lambda one: one["unit"].kind)
    return {
        "task": task,
        "collectives": expanded.collectives,
        "undefined": {duty.written_name for duty in expanded.undefined},
        "day": clock.today(),
        "proposals": proposals,
        "groups": [(UnitKind(kind).label, list(rows)) for kind, rows in grouped],
        "kinds": [(kind.value, kind.label) for kind in WORK_KINDS],
        "kind": request.POST.get("kind", DutyKind.RESPONSIBLE),
        "due_on": request.POST.get("due_on") or (task.due_on and task.due_on.isoformat()) or "",
    }
