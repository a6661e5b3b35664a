"""One action, goal area or key work: its words, duties, tasks and indicators."""

import uuid
from typing import Any, TypeVar

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Substr
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.plan.demands import demands_under
from chuangwen.plan.duty_reading import dated, in_force, owners_of
from chuangwen.plan.models import Action, Duty, GoalArea, KeyWork
from chuangwen.plan.queries import annotate_progress, tasks_visible_to
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MOST = 50
Goal = TypeVar("Goal", Action, GoalArea, KeyWork)


@page(may=MAY)
def show_action(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an action with its units."""
    action = load(_with_words(Action.objects.all()), pk)
    duties = dated(in_force(Duty.objects.filter(action=action)))
    context = _context(request, action, "action") | {
        "kind": "提升行动",
        "duties": [one for one in duties if one.expanded_from_id is None],
        "expanded": sum(one.expanded_from_id is not None for one in duties),
        "owners": owners_of(duties),
        "demands": list(demands_under("action", pk)),
        "may_ask": request.actor.may(Permission.ASK_ABOUT_DUTY),
    }
    return render(request, "plan/goal.html", context)


@page(may=MAY)
def show_area(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a goal area."""
    area = load(_with_words(GoalArea.objects.all()), pk)
    context = _context(request, area, "area") | {
        "kind": "目标领域",
        "demands": list(demands_under("area", pk)),
    }
    return render(request, "plan/goal.html", context)


@page(may=MAY)
def show_key_work(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a key work."""
    work = load(_with_words(KeyWork.objects.all()), pk)
    context = _context(request, work, "key_work") | {"kind": "重点工作"}
    return render(request, "plan/goal.html", context)


def _with_words(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Add `words`, what the document says at the goal's place, without loading the document."""
    length = F("end") - F("start")
    return (
        goals.select_related("source")
        .defer("source__text")
        .annotate(words=Substr("source__text", F("start") + 1, length, output_field=CharField()))
    )


def _context(request: ActorRequest, goal: Any, field: str) -> dict[str, Any]:
    visible = tasks_visible_to(request.actor).filter(**{field: goal})
    tasks = annotate_progress(visible)
    return {
        "goal": goal,
        "field": field,
        "tasks": list(tasks.order_by("position", "pk")[:MOST]),
        "day": clock.today(),
        "sees_district": request.actor.may_everywhere(Permission.VIEW_DISTRICT),
        "may_dispatch": request.actor.may(Permission.DISPATCH_TASKS),
        "may_manage": request.actor.may(Permission.MANAGE_PLAN),
    }
