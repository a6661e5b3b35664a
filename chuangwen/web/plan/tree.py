"""The plan as a whole: actions, goal areas, key works, phases; and its tasks by words."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.people.permissions import Permission
from chuangwen.plan.duty_reading import owners_of
from chuangwen.plan.models import Action, Duty, GoalArea, KeyWork, Phase
from chuangwen.plan.searching import first_tasks_matching
from chuangwen.web.gate import ActorRequest, page

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MOST = 50


@page(may=MAY)
def show_plan(request: ActorRequest) -> HttpResponse:
    """Show the plan; with `q`, the tasks in which every word stands, and the rest of it when not.

    A search leaves out areas, key works and phases, so that the page asks no more of the database.
    """
    words = request.GET.get("q", "").split()
    tasks = None
    if words:
        found = first_tasks_matching(request.actor, " ".join(words), MOST)
        tasks = found.select_related("action", "area", "key_work")
    duties = Duty.objects.filter(valid_until__isnull=True, expanded_from=None)
    named = duties.select_related("unit").order_by("position")
    actions = list(
        Action.objects.select_related("campaign").prefetch_related(Prefetch("duties", named))
    )
    context: dict[str, Any] = {
        "campaign": actions[0].campaign if actions else None,
        "rows": [
            {"action": action, "owners": owners_of(action.duties.all())}
            for action in actions
            if action.retired_on is None
        ],
        "retired": [action for action in actions if action.retired_on is not None],
        "tasks": tasks,
        "words": words,
        "query": " ".join(words),
        "may_export": request.actor.may(Permission.EXPORT_PLAN),
    }
    if not words:
        context |= {
            "areas": GoalArea.objects.all(),
            "works": KeyWork.objects.all(),
            "phases": Phase.objects.filter(retired_on=None),
        }
    return render(request, "plan/plan.html", context)
