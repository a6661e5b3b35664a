"""What waits for the office's judgement, one after another: task by task, unit by unit."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from chuangwen.kit.rows import RowBeyond
from chuangwen.people.actors import Actor
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import TaskPart
from chuangwen.plan.models.tasks import NOT_WAITING, WAITING
from chuangwen.plan.queries import parts_visible_to

__all__ = ["REASONS", "WAITING", "next_after", "waiting_for", "with_neighbours"]
ORDER = ("queue_place", "task_id", "pk")
NOBODY = uuid.UUID(int=0)  # before every key
REASONS = (
    "措施不具体，请写明做什么、谁负责、做到什么程度。",
    "没有完成时限，或时限晚于任务要求，请按任务时限倒排。",
    "写成了总结，请写今后的措施。",
    "与任务要求不对应，请逐条对照任务内容填写。",
    "缺少数据，请补充数量、比例等可以检查的内容。",
    "请附照片或文件证明已完成。",
)


def waiting_for(actor: Actor, state: str = "") -> QuerySet[TaskPart]:
    """Return the parts that wait for the office, in the order of the queue."""
    parts, place = parts_visible_to(actor).order_by(*ORDER), _place(state)
    if place == NOT_WAITING:
        return parts.filter(queue_place__lt=NOT_WAITING)
    return parts.filter(queue_place=place)


def with_neighbours(parts: QuerySet[TaskPart], actor: Actor, state: str) -> QuerySet[TaskPart]:
    """Add `next_id` and `previous_id`: the neighbours in the queue, None at its ends.

    What has just been judged stands behind all that wait.
    """
    # Said twice: SQLite goes to a row in an index only by values of no type of their own.
    here = [Coalesce(OuterRef(name), OuterRef(name)) for name in ORDER]
    parts_of_queue = parts_visible_to(actor)
    first, last = _ends(state)
    after = _between(parts_of_queue, here, last).order_by(*ORDER)
    before = _between(parts_of_queue, first, here).order_by(*ORDER).reverse()
    return parts.annotate(
        next_id=Subquery(after.values("pk")[:1]), previous_id=Subquery(before.values("pk")[:1])
    )


def next_after(actor: Actor, part: TaskPart, state: str) -> uuid.UUID | None:
    """Return what follows a part in the queue, from the beginning again after the last."""
    parts, (_, last) = parts_visible_to(actor).exclude(pk=part.pk), _ends(state)
    later = _between(parts, _row(_place(part.state), part.task_id, part.pk), last)
    found = later.order_by(*ORDER).values_list("pk", flat=True).first()
    return (
        found or waiting_for(actor, state).exclude(pk=part.pk).values_list("pk", flat=True).first()
    )


def _between(
    parts: QuerySet[TaskPart], first: Sequence[Any], last: Sequence[Any]
) -> QuerySet[TaskPart]:
    """Keep what stands between two places of the queue. Both ends are whole rows: a bound on
    one column beside them would keep SQLite from going to the place in the index."""
    columns = [F(name) for name in ORDER]
    return parts.filter(RowBeyond(">", *columns, *first), RowBeyond("<", *columns, *last))


def _ends(state: str) -> tuple[list[Value], list[Value]]:
    place = _place(state)
    first, last = (1, NOT_WAITING) if place == NOT_WAITING else (place, place + 1)
    return _row(first, NOBODY, NOBODY), _row(last, NOBODY, NOBODY)


def _row(place: int, task_id: uuid.UUID, pk: uuid.UUID) -> list[Value]:
    fields = [TaskPart._meta.get_field(name) for name in ("queue_place", "task", "id")]
    return [
        Value(value, field)  # type: ignore[arg-type]
        for value, field in zip((place, task_id, pk), fields, strict=True)
    ]


def _place(state: str) -> int:
    return WAITING.index(PartState(state)) + 1 if state in WAITING else NOT_WAITING
