"""What of the plan can be found by its words, and by whom."""

from typing import Any

from django.db.models import Model, QuerySet

from chuangwen.people.actors import Actor
from chuangwen.plan.models import Action, GoalArea, KeyWork, Task, TaskPart
from chuangwen.plan.queries import tasks_visible_to
from chuangwen.search.pairs import words_of
from chuangwen.search.queries import hits, matching
from chuangwen.search.sources import Source, from_fields, register

# What of each model is searched; the name comes first.
SEARCHED: dict[type[Model], tuple[str, ...]] = {
    Task: ("title", "text"),
    Action: ("title", "goal"),
    GoalArea: ("title", "goal"),
    KeyWork: ("title",),
}


def register_sources() -> None:
    """Tell the index what the plan holds."""
    for model, names in SEARCHED.items():
        register(Source(str(model._meta.model_name), model, from_fields(*names)))


def tasks_matching(actor: Actor, words: str) -> QuerySet[Task]:
    """Return the tasks the viewer may open in which every word stands; all when there is none.

    One query beforehand; the result may be filtered and sorted like any other.
    """
    return matching(tasks_visible_to(actor), words_of(words))


def parts_matching(parts: QuerySet[TaskPart], words: str) -> QuerySet[TaskPart]:
    """Keep the parts of tasks in which every word stands: who sees a part may open its task."""
    return matching(parts, words_of(words), named=Task, key="task_id")


def first_tasks_matching(actor: Actor, words: str, most: int) -> QuerySet[Task]:
    """Return at most so many of them, the oldest first. One query, read off the index in order:
    it takes the same time whether ten tasks match or a million."""
    found = hits(tasks_visible_to(actor), words_of(words))[:most]
    return Task.objects.filter(pk__in=found).order_by("pk")


def findable(actor: Actor) -> list[QuerySet[Any]]:
    """Return, kind by kind, what of the plan the viewer may find."""
    return [
        Action.objects.all(),
        GoalArea.objects.all(),
        KeyWork.objects.all(),
        tasks_visible_to(actor),
    ]
