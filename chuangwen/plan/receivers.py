"""What the plan does when rooms below tell it something."""

from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged
from chuangwen.plan.models import Duty, TaskPart
from chuangwen.plan.tallies import Recount


def move_to_merged_unit(news: UnitsMerged) -> None:
    """Duties and parts of the closed unit go over to the one that is kept.

    What both hold is kept once: the closed unit's duty ends, its part stays as history.
    """
    keep = Unit.objects.get(pk=news.keep_id)
    _move_duties(keep, news)
    held = TaskPart.objects.filter(unit=keep).values("task_id")
    parts = list(TaskPart.objects.filter(unit_id=news.other_id).exclude(task_id__in=held))
    recount = Recount()
    recount.leave(*parts)
    for part in parts:
        part.unit = keep
        part.version += 1
    TaskPart.objects.bulk_update(parts, ["unit", "version"], batch_size=200)
    recount.enter(*parts)
    recount.write()


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
