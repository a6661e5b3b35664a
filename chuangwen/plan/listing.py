"""The lists of tasks and of parts, filtered and sorted for a page or an export."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chuangwen.people.actors import Actor
from chuangwen.plan.enums import PartState, TaskState
from chuangwen.plan.models import Task, TaskPart
from chuangwen.plan.queries import late, parts_listed_for, parts_visible_to
from chuangwen.plan.rules import OPEN_STATES, SOON
from chuangwen.plan.searching import tasks_matching

TASK_SORTS: dict[str, tuple[Any, ...]] = {
    "plan": ("position", "pk"),
    "due": ("due_order", "pk"),
    "state": ("state", "due_order", "pk"),
    "title": ("title", "pk"),
}
PART_SORTS: dict[str, tuple[Any, ...]] = {
    "due": ("due_order", "pk"),
    "unit": ("unit__name", "due_order", "pk"),
    "state": ("state", "due_order", "pk"),
    "task": ("task__title", "pk"),
}
# Several states under one name, as people speak of them.
STATE_GROUPS = {
    "open": ("未办结", OPEN_STATES),
    "waiting": ("等创文办审核", (PartState.SUBMITTED, PartState.DONE)),
    "owed": ("等单位填报", (PartState.ASSIGNED, PartState.RETURNED)),
}


@dataclass(frozen=True)
class ListFilter:
    """What a viewer asked of a list: each field is a parameter, empty when absent."""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Return what the parameters ask for; others are ignored."""
        names = (field.name for field in fields(cls))
        return cls(**{name: value for name in names if (value := given.get(name, "").strip())})

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything but the order was asked for."""
        return any(value for name, value in asdict(self).items() if name != "sort")


@dataclass(frozen=True)
class TaskFilter(ListFilter):
    """What a viewer asked of the list of tasks; unknown words mean no filter."""

    q: str = ""
    action: str = ""
    area: str = ""
    key_work: str = ""
    state: str = ""
    unit: str = ""
    late: str = ""
    ready: str = ""
    sort: str = "plan"


@dataclass(frozen=True)
class PartFilter(ListFilter):
    """What a viewer asked of the list of parts. `unit` is the number of a unit."""

    q: str = ""
    state: str = ""
    unit: str = ""
    action: str = ""
    late: str = ""
    soon: str = ""
    sort: str = "due"


def list_of_tasks(actor: Actor, wanted: TaskFilter, day: datetime.date) -> QuerySet[Task]:
    """Return the visible tasks that the filter keeps, sorted, with what they belong to."""
    tasks = tasks_matching(actor, wanted.q)
    for name in ("action", "area", "key_work"):
        key = _key(getattr(wanted, name))
        if key:
            tasks = tasks.filter(**{f"{name}_id": key})
    if wanted.state in TaskState.values:
        tasks = tasks.filter(state=wanted.state)
    parts = parts_visible_to(actor).filter(task=OuterRef("pk"))
    unit = _key(wanted.unit)
    if unit:
        tasks = tasks.filter(Exists(parts.filter(unit_id=unit)))
    if wanted.late:
        tasks = tasks.filter(Exists(late(parts, day)))
    if wanted.ready:
        tasks = ready_to_complete(tasks)
    order = TASK_SORTS.get(wanted.sort, TASK_SORTS["plan"])
    return tasks.select_related("action", "area", "key_work").order_by(*order)


def ready_to_complete(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Keep the dispatched tasks whose every unit has done its part."""
    parts = TaskPart.objects.filter(task=OuterRef("pk"))
    ended = (PartState.DONE, PartState.CLOSED)
    return tasks.filter(
        Exists(parts.filter(state__in=ended)),
        ~Exists(parts.filter(state__in=OPEN_STATES)),
        state=TaskState.DISPATCHED,
    )


def list_of_parts(actor: Actor, wanted: PartFilter, day: datetime.date) -> QuerySet[TaskPart]:
    """Return the visible parts that the filter keeps, sorted, with task and unit."""
    parts = parts_listed_for(actor)
    if wanted.state in STATE_GROUPS:
        parts = parts.filter(state__in=STATE_GROUPS[wanted.state][1])
    elif wanted.state in PartState.values:
        parts = parts.filter(state=wanted.state)
    if unit := _key(wanted.unit):
        parts = parts.filter(unit_id=unit)
    if action := _key(wanted.action):
        parts = parts.filter(task__action_id=action)
    if wanted.late:
        parts = late(parts, day)
    if wanted.soon:
        parts = parts.filter(state__in=OPEN_STATES, due_order__range=(day, day + SOON))
    if wanted.q.split():
        parts = parts.filter(task__in=tasks_matching(actor, wanted.q).order_by().values("pk"))
    order = PART_SORTS.get(wanted.sort, PART_SORTS["due"])
    return parts.select_related("task__action", "unit").order_by(*order)


def with_progress(tasks: list[Task], actor: Actor, day: datetime.date) -> list[Task]:
    """Add `part_count`, `done_count` and `late_count` to the tasks of one page. One query."""
    parts = parts_visible_to(actor).filter(task__in=[task.pk for task in tasks])
    done = Q(state__in=(PartState.DONE, PartState.CLOSED))
    behind = Q(state__in=OPEN_STATES, due_on__lt=day)
    rows = parts.order_by().values_list("task_id")
    counted = {
        key: counts
        for key, *counts in rows.annotate(
            part_count=Count("pk"),
            done_count=Count("pk", filter=done),
            late_count=Count("pk", filter=behind),
        )
    }
    for task in tasks:
        numbers = counted.get(task.pk, [0, 0, 0])
        task.part_count, task.done_count, task.late_count = numbers  # type: ignore[attr-defined]
    return tasks


def _key(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw) if raw else None
    except ValueError:
        return None
