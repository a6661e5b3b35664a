"""责任分解表 from the campaign in force: fills the plain data that the writers print."""

import datetime

from django.db.models import Prefetch

from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Campaign, Duty, Task
from chuangwen.reports.duty_sheet import ActionDuties, ActionTask, Deadline, ResponsibilityTable


def responsibility_table(
    *, campaign: Campaign, issuer: str, as_of: datetime.date, viewer: Actor
) -> ResponsibilityTable:
    """Return the table of all actions with their units and tasks. Raises NotPermitted.

    Four queries, whatever the number of actions.
    """
    viewer.require(Permission.EXPORT_PLAN)
    duties = Duty.objects.filter(valid_until__isnull=True, expanded_from=None)
    named = duties.select_related("unit").order_by("position")
    tasks = Task.objects.order_by("position").prefetch_related(Prefetch("duties", named))
    actions = Action.objects.filter(campaign=campaign).prefetch_related(
        Prefetch("duties", named), Prefetch("tasks", tasks)
    )
    return ResponsibilityTable(
        title=f"{campaign.name}责任分解表",
        issuer=issuer,
        as_of=as_of,
        actions=tuple(_action(number, action) for number, action in enumerate(actions, start=1)),
    )


def _action(number: int, action: Action) -> ActionDuties:
    duties = list(action.duties.all())
    return ActionDuties(
        number=number,
        title=action.title,
        lead_units=_names(duties, DutyKind.LEAD),
        responsible_units=_names(duties, DutyKind.RESPONSIBLE),
        supporting_units=_names(duties, DutyKind.SUPPORTING),
        tasks=tuple(_task(place, task) for place, task in enumerate(action.tasks.all(), start=1)),
    )


def _task(place: int, task: Task) -> ActionTask:
    duties = list(task.duties.all())
    return ActionTask(
        number=task.number or f"{place}.",
        text=task.title,
        lead_units=_names(duties, DutyKind.LEAD),
        responsible_units=_names(duties, DutyKind.RESPONSIBLE),
        supporting_units=_names(duties, DutyKind.SUPPORTING),
        deadline=Deadline(day=task.due_on),
    )


def _names(duties: list[Duty], kind: DutyKind) -> tuple[str, ...]:
    """Units under the name of the register; collective owners as written."""
    return tuple(
        duty.unit.name if duty.unit else duty.written_name for duty in duties if duty.kind == kind
    )
