"""Tasks, each unit's part in them, its measures (施工图) and its progress."""

import datetime

from django.db import models
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce

from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.plan.enums import DutyKind, PartState, TaskState
from chuangwen.plan.models.campaign import Action, FromDocument, GoalArea, KeyWork
from chuangwen.tenancy.models import TenantModel

# Where what has no deadline stands among those that have: never in the past.
NO_DEADLINE = datetime.date(9999, 12, 1)
OVER = datetime.date(9999, 12, 31)
# A unit still owes something in these states.
OPEN_STATES = (
    PartState.ASSIGNED,
    PartState.SUBMITTED,
    PartState.RETURNED,
    PartState.CONFIRMED,
)
# 创文办 has to judge these; measures before completions, for what is not agreed holds a unit up.
WAITING = (PartState.SUBMITTED, PartState.DONE)
NOT_WAITING = 9


def due_order() -> models.GeneratedField:
    """The deadline for sorting: what has none comes last, and no page has to look for NULLs.

    Two databases put NULLs at different ends, and neither goes on from them in an index.
    """
    return models.GeneratedField(
        expression=Coalesce("due_on", Value(NO_DEADLINE)),
        output_field=models.DateField(),
        db_persist=True,
    )


def open_due() -> models.GeneratedField:
    """The same of a part that is open; the many that are over stand behind all of them, so that
    what is late or due soon is read off the beginning of an index."""
    return models.GeneratedField(
        expression=Case(
            When(state__in=OPEN_STATES, then=Coalesce("due_on", Value(NO_DEADLINE))),
            default=Value(OVER),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )


def queue_place() -> models.GeneratedField:
    """The place of a part in the office's queue; what does not wait stands behind."""
    return models.GeneratedField(
        expression=Case(
            *(When(state=state, then=Value(place)) for place, state in enumerate(WAITING, 1)),
            default=Value(NOT_WAITING),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )


class Task(FromDocument):
    """Something that units can be given to do. Proposed by the document, dispatched by a person."""

    area = models.ForeignKey(GoalArea, null=True, on_delete=models.CASCADE, related_name="tasks")
    action = models.ForeignKey(Action, null=True, on_delete=models.CASCADE, related_name="tasks")
    key_work = models.ForeignKey(KeyWork, null=True, on_delete=models.CASCADE, related_name="tasks")
    number = models.CharField("序号", max_length=20, blank=True)
    title = models.CharField("任务", max_length=200)
    text = models.TextField("内容", blank=True)
    due_on = models.DateField("完成时限", null=True)
    due_order = due_order()
    state = models.CharField(
        "状态", max_length=20, choices=TaskState.choices, default=TaskState.PROPOSED
    )
    # Dispatched, and every unit has done its part. Kept by whatever moves a part: see tallies.
    is_ready = models.BooleanField("可确认整体完成", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "任务"
        indexes = [
            models.Index(fields=["tenant", "state", "due_order", "id"], name="plan_task_state_due"),
            models.Index(fields=["tenant", "action", "position", "id"], name="plan_task_action"),
            models.Index(fields=["tenant", "title", "id"], name="plan_task_title"),
            models.Index(fields=["tenant", "area", "position", "id"], name="plan_task_area"),
            models.Index(fields=["tenant", "key_work", "position", "id"], name="plan_task_work"),
            models.Index(fields=["tenant", "position", "id"], name="plan_task_position"),
            models.Index(fields=["tenant", "due_order", "id"], name="plan_task_due"),
            models.Index(fields=["tenant", "is_ready", "position", "id"], name="plan_task_ready"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskPart(TenantModel):
    """One unit's part of a task. The unit marks it done; only 创文办 closes the whole."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("责任", max_length=20, choices=DutyKind.choices)
    due_on = models.DateField("完成时限", null=True)
    due_order = due_order()
    open_due = open_due()
    queue_place = queue_place()
    state = models.CharField(
        "状态", max_length=20, choices=PartState.choices, default=PartState.ASSIGNED
    )
    return_reason = models.TextField("退回原因", blank=True)
    dispatched_at = models.DateTimeField("下达时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "单位任务"
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="plan_part_once")]
        indexes = [
            models.Index(
                fields=["tenant", "unit", "state", "due_order", "id"], name="plan_part_unit_state"
            ),
            models.Index(fields=["tenant", "state", "due_order", "id"], name="plan_part_state_due"),
            models.Index(fields=["tenant", "due_order", "id"], name="plan_part_due"),
            models.Index(fields=["tenant", "unit", "due_order", "id"], name="plan_part_unit_due"),
            models.Index(fields=["tenant", "open_due", "id"], name="plan_part_open_due"),
            models.Index(fields=["tenant", "unit", "open_due", "id"], name="plan_part_unit_open"),
            models.Index(fields=["tenant", "queue_place", "task", "id"], name="plan_part_queue"),
            models.Index(fields=["tenant", "task", "id"], name="plan_part_task"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.unit_id}"


class Measure(TenantModel):
    """One measure of a unit's 施工图 with its own deadline and person in charge."""

    part = models.ForeignKey(TaskPart, on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveIntegerField("次序")
    text = models.TextField("措施")
    due_on = models.DateField("完成时限")

    class Meta:
        verbose_name = "措施"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["part", "position"], name="plan_measure_position")
        ]
        indexes = [models.Index(fields=["tenant", "due_on", "id"], name="plan_measure_due")]

    def __str__(self) -> str:
        return self.text[:100]


class ProgressEntry(TenantModel):
    """What a unit did on a day. Entries are added, never changed."""

    part = models.ForeignKey(TaskPart, on_delete=models.CASCADE, related_name="progress")
    day = models.DateField("日期")
    text = models.TextField("进展")
    account_id = models.UUIDField("填报账号", null=True)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "进展"
        ordering = ["-day", "-recorded_at"]
        indexes = [models.Index(fields=["part", "-day"], name="plan_progress_part")]

    def __str__(self) -> str:
        return self.text[:100]
