"""责任分解表 from the campaign in force: fills the plain data that the writers print."""

import datetime
from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from chuangwen.framework.enums import Operator
from chuangwen.kit.samples import SAMPLE
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import DutyKind, ImportState, ItemKind, ItemState, PartState, TaskState
from chuangwen.plan.models import (
    Action,
    Campaign,
    Duty,
    GoalArea,
    ImportItem,
    IndicatorDemand,
    KeyWork,
    Task,
    TaskPart,
)
from chuangwen.reports.duty_sheet import (
    ActionDuties,
    ActionTask,
    Deadline,
    IndicatorTarget,
    ResponsibilityTable,
)


def responsibility_table(
    *, campaign: Campaign, issuer: str, as_of: datetime.date, viewer: Actor
) -> ResponsibilityTable:
    """Return all actions with units, indicators and tasks, then areas and key works with tasks
    that were given to units. Raises NotPermitted.

    The number of queries does not grow with the campaign.
    """
    viewer.require(Permission.EXPORT_PLAN)
    actions = Action.objects.filter(campaign=campaign, retired_on=None).prefetch_related(
        Prefetch("duties", _named_duties()), Prefetch("tasks", _tasks()), _demands()
    )
    given = _tasks().filter(state__in=[TaskState.DISPATCHED, TaskState.COMPLETED])
    areas = GoalArea.objects.filter(campaign=campaign, retired_on=None).prefetch_related(
        Prefetch("tasks", given), _demands()
    )
    works = KeyWork.objects.filter(campaign=campaign, retired_on=None).prefetch_related(
        Prefetch("tasks", given)
    )
    rows = [_action(number, action) for number, action in enumerate(actions, start=1)]
    rows += [_section(area, area.indicator_demands.all()) for area in areas if area.tasks.all()]
    rows += [_section(work, ()) for work in works if work.tasks.all()]
    return ResponsibilityTable(
        title=f"{campaign.name}责任分解表",
        issuer=issuer,
        as_of=as_of,
        actions=tuple(rows),
        basis=basis_of(campaign),
    )


def _named_duties() -> QuerySet[Duty]:
    duties = Duty.objects.filter(valid_until__isnull=True, expanded_from=None)
    return duties.select_related("unit").order_by("position")


def _tasks() -> QuerySet[Task]:
    parts = TaskPart.objects.exclude(state=PartState.WITHDRAWN).select_related("unit")
    return (
        Task.objects.exclude(state=TaskState.CANCELLED)
        .order_by("position")
        .prefetch_related(
            Prefetch("duties", _named_duties()),
            Prefetch("parts", parts.order_by("unit__name"), to_attr="live_parts"),
        )
    )


def _demands() -> Prefetch[str, QuerySet[IndicatorDemand], str]:
    demands = IndicatorDemand.objects.filter(retired_on=None).select_related("indicator")
    return Prefetch("indicator_demands", demands.order_by("position"))


def basis_of(campaign: Campaign) -> tuple[str, ...]:
    """Return the titles of the documents that were confirmed, the earliest first."""
    documents = ImportItem.objects.filter(
        Q(plan_import__campaign=campaign, plan_import__state=ImportState.CONFIRMED),
        kind=ItemKind.DOCUMENT,
        state=ItemState.ACCEPTED,
    ).order_by("plan_import__confirmed_at", "position")
    titles = (str(data.get("title") or "") for data in documents.values_list("data", flat=True))
    return tuple(dict.fromkeys(title for title in titles if title))


def _action(number: int, action: Action) -> ActionDuties:
    duties = list(action.duties.all())
    return ActionDuties(
        number=number,
        title=action.title,
        lead_units=_names(duties, DutyKind.LEAD),
        responsible_units=_names(duties, DutyKind.RESPONSIBLE),
        supporting_units=_names(duties, DutyKind.SUPPORTING),
        tasks=_numbered(action.tasks.all()),
        indicators=_indicators(action.indicator_demands.all()),
    )


def _section(section: GoalArea | KeyWork, demands: Iterable[IndicatorDemand]) -> ActionDuties:
    return ActionDuties(
        number=section.position,
        title=section.title,
        tasks=_numbered(section.tasks.all()),
        indicators=_indicators(demands),
    )


def _numbered(tasks: Iterable[Task]) -> tuple[ActionTask, ...]:
    return tuple(_task(place, task) for place, task in enumerate(tasks, start=1))


def _task(place: int, task: Task) -> ActionTask:
    """A task's units are those it was given to; until then those that the document names."""
    parts: list[TaskPart] = task.live_parts  # type: ignore[attr-defined]  # by the prefetch
    bearers: list[Duty] | list[TaskPart] = parts or list(task.duties.all())
    days = [part.due_on for part in parts if part.due_on]
    note = SAMPLE if any(part.is_sample for part in parts) else ""
    return ActionTask(
        number=task.number or f"{place}.",
        text=task.title,
        lead_units=_names(bearers, DutyKind.LEAD),
        responsible_units=_names(bearers, DutyKind.RESPONSIBLE),
        supporting_units=_names(bearers, DutyKind.SUPPORTING),
        deadline=Deadline(day=max(days, default=task.due_on), note=note),
    )


def _names(bearers: Iterable[Duty | TaskPart], kind: DutyKind) -> tuple[str, ...]:
    """Units under the name of the register; collective owners as written."""
    return tuple(
        bearer.unit.name if bearer.unit else bearer.written_name  # type: ignore[union-attr]
        for bearer in bearers
        if bearer.kind == kind
    )


def _indicators(demands: Iterable[IndicatorDemand]) -> tuple[IndicatorTarget, ...]:
    return tuple(
        IndicatorTarget(
            name=demand.indicator.name,
            operator=Operator(demand.operator).label if demand.operator else "",
            value=None if demand.value is None else demand.value.normalize(),
            unit=demand.unit,
            scope=demand.indicator.scope,
        )
        for demand in demands
    )
