"""《XX单位创文责任清单》 from the campaign in force: fills the plain data that writers print."""

import datetime
from collections.abc import Iterable

from django.db.models import Q

from chuangwen.framework.enums import Operator
from chuangwen.framework.models import Indicator, IndicatorReporter
from chuangwen.kit.samples import SAMPLE
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import DutyKind as PlanKind
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import Campaign, Duty, TaskPart
from chuangwen.reports.duty_sheet import (
    Deadline,
    DutyKind,
    IndicatorTarget,
    UnitDuty,
    UnitDutySheet,
    UnitIndicator,
    UnitMeasure,
    UnitTask,
)
from chuangwen.reports.responsibility import basis_of

KINDS = {
    PlanKind.LEAD: DutyKind.LEAD,
    PlanKind.RESPONSIBLE: DutyKind.RESPONSIBLE,
    PlanKind.SUPPORTING: DutyKind.SUPPORTING,
    PlanKind.SITE_OWNER: DutyKind.SITE_OWNER,
    PlanKind.SPONSOR: DutyKind.SPONSOR,
}


def unit_duty_sheet(
    *, unit: Unit, campaign: Campaign, issuer: str, as_of: datetime.date, viewer: Actor
) -> UnitDutySheet:
    """Return what a unit owes. Raises NotPermitted: a unit's own people export their unit's only.

    Five queries, whatever the number of duties and tasks.
    """
    viewer.require(Permission.EXPORT_PLAN, unit_id=unit.pk)
    duties = Duty.objects.filter(unit=unit, valid_until__isnull=True, indicator=None)
    parts = TaskPart.objects.filter(unit=unit).exclude(state=PartState.WITHDRAWN)
    reporters = IndicatorReporter.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=as_of), unit=unit, valid_from__lte=as_of
    )
    return UnitDutySheet(
        unit=unit.name,
        issuer=issuer,
        as_of=as_of,
        duties=tuple(
            _duty(one) for one in duties.select_related("action", "task").order_by("position", "pk")
        ),
        tasks=_tasks(
            parts.select_related("task__action", "task__area", "task__key_work")
            .prefetch_related("measures")
            .order_by("task__position", "pk")
        ),
        indicators=tuple(
            UnitIndicator(target=_target(one.indicator), kind=DutyKind.RESPONSIBLE)
            for one in reporters.select_related("indicator").order_by("indicator__position", "pk")
        ),
        basis=basis_of(campaign),
    )


def _duty(duty: Duty) -> UnitDuty:
    origin = f"由“{duty.written_name}”展开" if duty.expanded_from_id else ""
    subject = duty.action or duty.task
    return UnitDuty(kind=KINDS[PlanKind(duty.kind)], subject=str(subject), source=origin)


def _tasks(parts: Iterable[TaskPart]) -> tuple[UnitTask, ...]:
    return tuple(
        UnitTask(
            number=f"{place}.",
            action=str(part.task.action or part.task.area or part.task.key_work or ""),
            text=part.task.title,
            kind=KINDS[PlanKind(part.kind)],
            deadline=Deadline(day=part.due_on, note=SAMPLE if part.is_sample else ""),
            measures=tuple(
                UnitMeasure(text=one.text, deadline=Deadline(day=one.due_on))
                for one in part.measures.all()
            ),
        )
        for place, part in enumerate(parts, start=1)
    )


def _target(indicator: Indicator) -> IndicatorTarget:
    return IndicatorTarget(
        name=indicator.name,
        operator=Operator(indicator.operator).label if indicator.operator else "",
        value=None if indicator.value is None else indicator.value.normalize(),
        unit=indicator.unit,
        text=indicator.text,
        scope=indicator.scope,
    )
