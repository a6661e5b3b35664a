"""What the document no longer names and a person chose to give up: marked, never deleted."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from chuangwen.audit.actions import Entry, record_all
from chuangwen.people.actors import Actor
from chuangwen.plan.actions.cancelling import cancel_tasks
from chuangwen.plan.enums import ItemChange, ItemKind, ItemState, TaskState
from chuangwen.plan.models import (
    Action,
    Duty,
    GoalArea,
    ImportItem,
    IndicatorDemand,
    KeyWork,
    Mechanism,
    Phase,
    PlanImport,
    Target,
    Task,
)
from chuangwen.plan.models.campaign import Retirable

RETIRED: dict[ItemKind, type[Retirable]] = {
    ItemKind.AREA: GoalArea,
    ItemKind.ACTION: Action,
    ItemKind.KEY_WORK: KeyWork,
    ItemKind.PHASE: Phase,
    ItemKind.TARGET: Target,
    ItemKind.INDICATOR: IndicatorDemand,
    ItemKind.MECHANISM: Mechanism,
}


def retire(
    plan_import: PlanImport,
    accepted: Iterable[ImportItem],
    *,
    effective_on: datetime.date,
    by: Actor,
) -> int:
    """Retire what accepted items of the kind 缺少 stand for; return how many there were.

    Sections, targets and demands are marked as no longer required; tasks are called off, with
    the open parts of the units; duties end, with what collective ones were expanded into.
    """
    keys: dict[ItemKind, list[Any]] = defaultdict(list)
    for item in accepted:
        if item.change == ItemChange.GONE and item.state == ItemState.ACCEPTED:
            keys[ItemKind(item.kind)].append(item.existing_id)
    entries = []
    for kind, model in RETIRED.items():
        if not keys[kind]:
            continue
        objects = list(model.objects.filter(pk__in=keys[kind], retired_on=None))
        changes = {"retired_on": [None, effective_on]}
        entries += [Entry("plan_object.retired", one, changes) for one in objects]
        chosen = model.objects.filter(pk__in=[one.pk for one in objects])
        chosen.update(retired_on=effective_on)
    reason = f"新文件“{plan_import.source.name}”不再要求"
    open_states = (TaskState.PROPOSED, TaskState.DISPATCHED)
    open_tasks = Task.objects.filter(pk__in=keys[ItemKind.TASK], state__in=open_states)
    if chosen_tasks := list(open_tasks.values_list("pk", flat=True)):
        cancel_tasks(task_ids=chosen_tasks, reason=reason, by=by)
    entries += end_duties(keys[ItemKind.DUTY], effective_on)
    if entries:
        record_all(by=by, entries=entries)
    return sum(map(len, keys.values()))


def end_replaced_duties(
    items: Iterable[ImportItem], *, effective_on: datetime.date, by: Actor
) -> None:
    """An owner that takes another's place, or another role: the former duty ends."""
    replaced = [
        item.existing_id
        for item in items
        if item.kind == ItemKind.DUTY and item.change == ItemChange.CHANGED
    ]
    if entries := end_duties(replaced, effective_on):
        record_all(by=by, entries=entries)


def end_duties(keys: Iterable[Any], day: datetime.date) -> list[Entry]:
    """End duties in force, and what they were expanded into, with the day before `day`, on which
    their successors begin; return the events. One that began later than that ends as it began."""
    wanted = list(keys)
    if not wanted:
        return []
    duties = Duty.objects.filter(Q(pk__in=wanted) | Q(expanded_from__in=wanted))
    open_duties = list(duties.filter(valid_until__isnull=True))
    last_day = day - datetime.timedelta(days=1)
    for duty in open_duties:
        duty.valid_until = max(duty.valid_from or last_day, last_day)
    Duty.objects.bulk_update(open_duties, ["valid_until"], batch_size=200)
    return [
        Entry("duty.ended", duty, {"valid_until": [None, duty.valid_until]}) for duty in open_duties
    ]
