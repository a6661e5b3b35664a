"""The plan as a tree, and one action with its duties and tasks."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Duty, GoalArea, Phase, Target
from chuangwen.plan.searching import first_tasks_matching
from chuangwen.web.gate import ActorRequest, page

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MOST = 50


@page(may=MAY)
def show_plan(request: ActorRequest) -> HttpResponse:
    """Show actions, areas and phases; with `q`, the tasks in which every word stands."""
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
    context = {
        "campaign": actions[0].campaign if actions else None,
        "rows": [
            {
                "action": action,
                "lead": _names(action, DutyKind.LEAD),
                "responsible": _names(action, DutyKind.RESPONSIBLE),
                "supporting": _names(action, DutyKind.SUPPORTING),
            }
            for action in actions
            if action.retired_on is None
        ],
        "retired": [action for action in actions if action.retired_on is not None],
        "areas": GoalArea.objects.all(),
        "phases": Phase.objects.filter(retired_on=None).prefetch_related(
            Prefetch("targets", Target.objects.filter(retired_on=None))
        ),
        "tasks": tasks,
        "query": " ".join(words),
    }
    return render(request, "plan/plan.html", context)


def _names(action: Action, kind: DutyKind) -> str:
    """Return the units as a document lists them, under the names of the register."""
    duties = (duty for duty in action.duties.all() if duty.kind == kind)
    return "、".join(duty.unit.name if duty.unit else duty.written_name for duty in duties)
