"""The lists of tasks and of parts, filtered and sorted for a page or an export."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from chuangwen.kit.asking import Asked
from chuangwen.kit.typed import identifier
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import PartState, TaskState
from chuangwen.plan.models import Task, TaskPart
from chuangwen.plan.models.tasks import OVER
from chuangwen.plan.queries import late, parts_listed_for, parts_visible_to
from chuangwen.plan.rules import OPEN_STATES, SOON
from chuangwen.plan.searching import parts_matching, tasks_matching

TASK_SORTS: dict[str, tuple[Any, ...]] = {
    "plan": ("position", "pk"),
    "due": ("due_order", "pk"),
    "state": ("state", "due_order", "pk"),
    "title": ("title", "pk"),
}
PART_SORTS: dict[str, tuple[Any, ...]] = {
    "due": ("due_order", "pk"),
    "unit": ("unit_id", "due_order", "pk"),  # as the register has them, not by code points
    "state": ("state", "due_order", "pk"),
    "task": ("task_id", "pk"),  # as the document has them
}
# Several states under one name, as people speak of them.
STATE_GROUPS = {
    "open": ("未办结", OPEN_STATES),
    "waiting": ("等创文办审核", (PartState.SUBMITTED, PartState.DONE)),
    "owed": ("等单位填报", (PartState.ASSIGNED, PartState.RETURNED)),
}
OPEN_ONLY = ("open", "owed")  # of these groups every part is open


@dataclass(frozen=True)
class ListFilter(Asked):
    """What a viewer asked of a list: each field is a parameter, empty when absent."""

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


def task_sorts(wanted: TaskFilter) -> list[str]:
    """Return the orders that are offered. Not by title among what has a word: titles that begin
    with it stand together, and all before them would have to be passed to find the first."""
    return [name for name in TASK_SORTS if name != "title" or not wanted.q.split()]


def part_sorts(actor: Actor) -> list[str]:
    """Return the orders that are offered. By unit only to those who see all of them: of a few
    units among many, the parts of all the others would have to be passed."""
    sees_all = actor.may_everywhere(Permission.VIEW_DISTRICT)
    return [name for name in PART_SORTS if name != "unit" or sees_all]


def list_of_tasks(actor: Actor, wanted: TaskFilter, day: datetime.date) -> QuerySet[Task]:
    """Return the visible tasks that the filter keeps, sorted, with what they belong to."""
    tasks = tasks_matching(actor, wanted.q)
    for name in ("action", "area", "key_work"):
        key = identifier(getattr(wanted, name))
        if key:
            tasks = tasks.filter(**{f"{name}_id": key})
    if wanted.state in TaskState.values:
        tasks = tasks.filter(state=wanted.state)
    parts = parts_visible_to(actor).filter(task=OuterRef("pk"))
    unit = identifier(wanted.unit)
    if unit:
        tasks = tasks.filter(Exists(parts.filter(unit_id=unit)))
    if wanted.late:
        tasks = tasks.filter(Exists(late(parts, day)))
    if wanted.ready:
        # Not `=`: SQLite looks for `column = value` in an index, Django would say `column` alone.
        tasks = tasks.filter(is_ready__in=[True])
    offered = task_sorts(wanted)
    order = TASK_SORTS[wanted.sort if wanted.sort in offered else offered[0]]
    return tasks.select_related("action", "area", "key_work").order_by(*order)


def list_of_parts(actor: Actor, wanted: PartFilter, day: datetime.date) -> QuerySet[TaskPart]:
    """Return the visible parts that the filter keeps, sorted, with task and unit."""
    parts = parts_listed_for(actor)
    order = PART_SORTS[wanted.sort if wanted.sort in part_sorts(actor) else "due"]
    if order == PART_SORTS["due"] and (wanted.late or wanted.soon or wanted.state in OPEN_ONLY):
        order = ("open_due", "pk")  # the same days, in an index without what is over
    if wanted.state == "open":
        parts = parts.filter(open_due__lt=OVER)
    elif wanted.state in STATE_GROUPS:
        parts = parts.filter(state__in=STATE_GROUPS[wanted.state][1])
    elif wanted.state in PartState.values:
        parts = parts.filter(state=wanted.state)
    if unit := identifier(wanted.unit):
        parts = parts.filter(unit_id=unit)
    if action := identifier(wanted.action):
        parts = parts.filter(task__action_id=action)
    if wanted.late:
        parts = late(parts, day)
    if wanted.soon:
        parts = parts.filter(open_due__range=(day, day + SOON))
    parts = parts_matching(parts, wanted.q)
    return parts.select_related("task__action", "unit").order_by(*order)


def with_progress(tasks: list[Task], actor: Actor, day: datetime.date) -> list[Task]:
    """Add `part_count`, `done_count`, `late_count` and `units_due`, the latest deadline of a unit,
    to the tasks of one page. One query."""
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
            units_due=Max("due_on"),
        )
    }
    for task in tasks:
        (
            task.part_count,  # type: ignore[attr-defined]
            task.done_count,  # type: ignore[attr-defined]
            task.late_count,  # type: ignore[attr-defined]
            task.units_due,  # type: ignore[attr-defined]
        ) = counted.get(task.pk, [0, 0, 0, None])
    return tasks
