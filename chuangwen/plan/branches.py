"""The branches of the plan's tree: goal areas and key works at once, the tasks below one."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import CharField, QuerySet, Value

from chuangwen.people.actors import Actor
from chuangwen.plan.models import Action, GoalArea, KeyWork, Task
from chuangwen.plan.queries import annotate_progress, tasks_visible_to

KINDS = {"action": Action, "area": GoalArea, "key_work": KeyWork}
COLUMNS = ("kind", "pk", "number", "title", "retired_on", "source_id", "start", "end", "position")


@dataclass(frozen=True)
class Goal:
    """A goal area or key work as the tree names it; the offsets lead back to its words."""

    kind: str
    pk: uuid.UUID
    number: str
    title: str
    retired_on: datetime.date | None
    source_id: uuid.UUID | None
    start: int | None
    end: int | None
    position: int


def areas_and_works() -> dict[str, list[Goal]]:
    """Return both kinds in document order. One query."""
    areas, works = (
        model._default_manager.order_by()
        .annotate(kind=Value(kind, output_field=CharField()))
        .values_list(*COLUMNS)
        for kind, model in KINDS.items()
        if model is not Action
    )
    found: dict[str, list[Goal]] = {"area": [], "key_work": []}
    for row in areas.union(works, all=True).order_by("kind", "position", "pk"):
        goal = Goal(*row)
        found[goal.kind].append(goal)
    return found


def tasks_under(actor: Actor, kind: str, pk: uuid.UUID) -> QuerySet[Task]:
    """Return the visible tasks below one branch with how far their units are, in document order."""
    tasks = tasks_visible_to(actor).filter(**{f"{kind}_id": pk})
    return annotate_progress(tasks).order_by("position", "pk")
