"""The plan as a whole: a tree of actions, goal areas and key works; and its tasks by words."""

import uuid
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.people.permissions import Permission
from chuangwen.plan.branches import KINDS, areas_and_works
from chuangwen.plan.duty_reading import owners_of
from chuangwen.plan.models import Action, Duty, Phase
from chuangwen.plan.queries import current_campaign
from chuangwen.plan.searching import first_tasks_matching
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.plan.branches import branch

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MOST = 50


@page(may=MAY)
def show_plan(request: ActorRequest) -> HttpResponse:
    """Show the plan as a tree; with `q`, the tasks in which every word stands instead.

    Tasks come when a branch is opened; `open` (kind:number) has one opened from the start.
    """
    words = request.GET.get("q", "").split()
    context = _found(request, words) if words else _tree(request)
    context["may_export"] = request.actor.may(Permission.EXPORT_PLAN)
    return render(request, "plan/plan.html", context)


def _found(request: ActorRequest, words: list[str]) -> dict[str, Any]:
    query = " ".join(words)
    found = first_tasks_matching(request.actor, query, MOST)
    return {
        "campaign": current_campaign(),
        "words": words,
        "query": query,
        "tasks": found.select_related("action", "area", "key_work"),
    }


def _tree(request: ActorRequest) -> dict[str, Any]:
    actions, goals = _actions(), areas_and_works()
    phases = list(Phase.objects.filter(retired_on=None).select_related("campaign"))
    return {
        "campaign": next((one.campaign for one in (*actions, *phases)), None),
        "rows": [
            {"action": action, "owners": owners_of(action.duties.all())}
            for action in actions
            if action.retired_on is None
        ],
        "retired": [action for action in actions if action.retired_on is not None],
        "areas": goals["area"],
        "works": goals["key_work"],
        "phases": phases,
        "opened": _opened(request),
    }


def _actions() -> list[Action]:
    duties = Duty.objects.filter(valid_until__isnull=True, expanded_from=None)
    named = duties.select_related("unit").order_by("position")
    actions = Action.objects.select_related("campaign")
    return list(actions.prefetch_related(Prefetch("duties", named)))


def _opened(request: ActorRequest) -> dict[str, Any] | None:
    """Return the branch that the address opens, if it names one."""
    kind, _, raw = request.GET.get("open", "").partition(":")
    try:
        return branch(request.actor, kind, uuid.UUID(raw)) if kind in KINDS else None
    except ValueError:
        return None
