"""What the plan does when rooms below tell it something."""

import datetime
from collections.abc import Sequence

from chuangwen.audit.actions import Entry
from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import Duty, Task, TaskPart
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.plan.tallies import Recount
from chuangwen.plan.workflow import PART

CHANGED = ["unit", "state", "kind", "due_on", "return_reason", "version"]


def move_to_merged_unit(news: UnitsMerged) -> None:
    """Duties and parts of the closed unit go over to the one that is kept.

    What both hold is kept once: the closed unit's duty ends, its open part is withdrawn and stays
    as history. A part that was taken back from the kept unit comes back when the other's was open.
    """
    units = Unit.objects.in_bulk([news.keep_id, news.other_id])
    keep = units[news.keep_id]
    news.entries.extend(_move_duties(keep, units[news.other_id]))
    parts = list(TaskPart.objects.filter(unit_id=news.other_id).select_related("task"))
    task_ids = {part.task_id for part in parts}
    list(Task.objects.select_for_update().filter(pk__in=task_ids).order_by("pk").values("pk"))
    own = {part.task_id: part for part in TaskPart.objects.filter(unit=keep, task__in=task_ids)}
    moved = [part for part in parts if part.task_id not in own]
    twice = [part for part in parts if part.task_id in own and part.state in OPEN_STATES]
    back = [own[part.task_id] for part in twice if own[part.task_id].state == PartState.WITHDRAWN]
    recount = Recount()
    recount.leave(*moved, *twice, *back)
    for part in moved:
        part.unit = keep
    for part in twice:
        held = own[part.task_id]
        if held.state == PartState.WITHDRAWN:
            held.state = PART.check("renew", PartState.WITHDRAWN)
            held.kind, held.due_on, held.return_reason = part.kind, part.due_on, ""
        part.state = PART.check("withdraw", PartState(part.state))
    changed = [*moved, *twice, *back]
    for part in changed:
        part.version += 1
    TaskPart.objects.bulk_update(changed, CHANGED, batch_size=200)
    recount.enter(*changed)
    recount.settle([part.task_id for part in twice])
    recount.write()
    news.entries.extend(_told_of_parts(keep, twice, back))


def _told_of_parts(keep: Unit, twice: Sequence[TaskPart], back: Sequence[TaskPart]) -> list[Entry]:
    reason = f"单位并入“{keep.name}”，后者承担同一任务"
    withdrawn = [Entry("part.withdraw", part, {"reason": [None, reason]}) for part in twice]
    renewed = [
        Entry("task.dispatched", part, {"unit": [None, keep.pk], "due_on": [None, part.due_on]})
        for part in back
    ]
    return [*withdrawn, *renewed]


def _move_duties(keep: Unit, other: Unit) -> list[Entry]:
    """Move open duties; one that both hold ends with the day before, as a replaced one does."""
    open_duties = Duty.objects.filter(valid_until__isnull=True)
    held = {_subject(duty) for duty in open_duties.filter(unit=keep)}
    yesterday = clock.today() - datetime.timedelta(days=1)
    duties, entries = list(open_duties.filter(unit=other)), []
    for duty in duties:
        if _subject(duty) in held:
            duty.valid_until = max(duty.valid_from or yesterday, yesterday)
            entries.append(Entry("duty.ended", duty, {"valid_until": [None, duty.valid_until]}))
        else:
            duty.unit = keep
            entries.append(Entry("duty.moved", duty, {"unit": [other.name, keep.name]}))
    Duty.objects.bulk_update(duties, ["unit", "valid_until"], batch_size=200)
    return entries


def _subject(duty: Duty) -> tuple[object, ...]:
    return (duty.action_id, duty.task_id, duty.indicator_id, duty.kind)
