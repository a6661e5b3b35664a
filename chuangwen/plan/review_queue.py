"""What waits for the office's judgement, one after another: task by task, unit by unit."""

import uuid

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chuangwen.people.actors import Actor
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import TaskPart
from chuangwen.plan.queries import parts_visible_to

WAITING = (PartState.SUBMITTED, PartState.DONE)
# Measures before completions: what is not agreed holds the unit up.
ORDER = ("-state", "task_id", "pk")
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
    states = [state] if state in WAITING else WAITING
    return parts_visible_to(actor).filter(state__in=states).order_by(*ORDER)


def with_neighbours(parts: QuerySet[TaskPart], actor: Actor, state: str) -> QuerySet[TaskPart]:
    """Add `next_id` and `previous_id`: the neighbours in the queue, None at its ends.

    A part that has just been judged keeps its neighbours: those of the place where it stood
    among the parts of the state it is in.
    """
    queue = waiting_for(actor, state)
    after = queue.filter(_beyond("lt", "gt"))
    before = queue.filter(_beyond("gt", "lt")).order_by("state", "-task_id", "-pk")
    return parts.annotate(
        next_id=Subquery(after.values("pk")[:1]), previous_id=Subquery(before.values("pk")[:1])
    )


def next_after(actor: Actor, part: TaskPart, state: str) -> uuid.UUID | None:
    """Return what follows a part in the queue, from the beginning again after the last."""
    queue = waiting_for(actor, state).exclude(pk=part.pk)
    here = {"state": part.state, "task": part.task_id, "pk": part.pk}
    later = (
        Q(state__lt=here["state"])
        | Q(state=here["state"], task_id__gt=here["task"])
        | Q(state=here["state"], task_id=here["task"], pk__gt=here["pk"])
    )
    found = queue.filter(later).values_list("pk", flat=True).first()
    return found or queue.values_list("pk", flat=True).first()


def _beyond(by_state: str, by_key: str) -> Q:
    state, task, pk = OuterRef("state"), OuterRef("task_id"), OuterRef("pk")
    return (
        Q(**{f"state__{by_state}": state})
        | Q(state=state, **{f"task_id__{by_key}": task})
        | Q(state=state, task_id=task, **{f"pk__{by_key}": pk})
    )
