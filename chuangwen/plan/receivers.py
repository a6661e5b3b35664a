"""What the plan does when rooms below tell it something."""

from collections.abc import Sequence

from chuangwen.audit.actions import Entry, record_all
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
    keep = Unit.objects.get(pk=news.keep_id)
    _move_duties(keep, news)
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
    _tell(keep, twice, back, news)


def _tell(
    keep: Unit, twice: Sequence[TaskPart], back: Sequence[TaskPart], news: UnitsMerged
) -> None:
    reason = f"单位并入“{keep.name}”，后者承担同一任务"
    withdrawn = [Entry("part.withdraw", part, {"reason": [None, reason]}) for part in twice]
    renewed = [
        Entry("task.dispatched", part, {"unit": [None, keep.pk], "due_on": [None, part.due_on]})
        for part in back
    ]
    if entries := [*withdrawn, *renewed]:
        record_all(by=news.by, entries=entries)


def _move_duties(keep: Unit, news: UnitsMerged) -> None:
    open_duties = Duty.objects.filter(valid_until__isnull=True)
    held = {_subject(duty) for duty in open_duties.filter(unit=keep)}
    moved = []
    for duty in open_duties.filter(unit_id=news.other_id):
        if _subject(duty) in held:
            duty.valid_until = clock.today()
        else:
            duty.unit = keep
        moved.append(duty)
    Duty.objects.bulk_update(moved, ["unit", "valid_until"], batch_size=200)


def _subject(duty: Duty) -> tuple[object, ...]:
    return (duty.action_id, duty.task_id, duty.indicator_id, duty.kind)
