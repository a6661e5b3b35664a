"""Making duties from the owners that the document names."""

import datetime
import uuid
from collections.abc import Sequence

from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit
from chuangwen.people.naming import name_key
from chuangwen.plan.confirming.values import duty_kind
from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import Duty, ImportItem, PlanImport

RENEWED = ["source_id", "start", "end", "position"]  # where it is ordered now
Subject = tuple[str, uuid.UUID]


def apply_duties(
    plan_import: PlanImport,
    items: list[ImportItem],
    register: dict[str, Unit],
    kept: Sequence[ImportItem] = (),
    *,
    effective_on: datetime.date,
) -> None:
    """Make the duties that are not in force yet, dated from `effective_on`.

    Collective owners stay one duty without a unit. Raises Invalid naming every owner that the
    register does not know.
    """
    by_id = {item.pk: item for item in [*kept, *items]}
    register = {name_key(name): unit for name, unit in register.items()}
    wanted = [item for item in items if item.kind == ItemKind.DUTY]
    _refuse_unknown(wanted, register)
    held = {_identity(duty): duty for duty in Duty.objects.filter(valid_until__isnull=True)}
    new: list[Duty] = []
    renewed: list[Duty] = []
    for item in wanted:
        duty = _duty(plan_import, item, by_id, register, effective_on)
        found = held.setdefault(_identity(duty), duty)
        if found is duty:
            new.append(duty)
        elif not found._state.adding:
            for name in RENEWED:
                setattr(found, name, getattr(duty, name))
            renewed.append(found)
        item.applied_id = found.pk
    Duty.objects.bulk_create(new, batch_size=500)
    if renewed:
        Duty.objects.bulk_update(renewed, RENEWED, batch_size=200)


def _refuse_unknown(items: list[ImportItem], register: dict[str, Unit]) -> None:
    names = (item.data["name"] for item in items if not item.data.get("collective"))
    unknown = sorted({name for name in names if name_key(name) not in register})
    if unknown:
        raise Invalid(
            f"名录中没有这些责任单位：“{'、'.join(unknown)}”。"
            "请在核对页的“名录外的名称”中指定，再确认。"
        )


def _duty(
    plan_import: PlanImport,
    item: ImportItem,
    by_id: dict[uuid.UUID, ImportItem],
    register: dict[str, Unit],
    effective_on: datetime.date,
) -> Duty:
    parent = by_id[item.parent_id] if item.parent_id else None
    if parent is None or parent.kind not in {ItemKind.ACTION, ItemKind.TASK}:
        raise Invalid(f"责任单位“{item}”没有挂在提升行动或任务下面。请在核对页改正。")
    collective = bool(item.data.get("collective"))
    return Duty(
        campaign=plan_import.campaign,
        source_id=plan_import.source_id,
        start=item.start,
        end=item.end,
        position=item.position,
        kind=duty_kind(item),
        action_id=parent.applied_id if parent.kind == ItemKind.ACTION else None,
        task_id=parent.applied_id if parent.kind == ItemKind.TASK else None,
        unit=None if collective else register[name_key(item.data["name"])],
        written_name=item.data["name"],
        is_collective=collective,
        valid_from=effective_on,
    )


def _identity(duty: Duty) -> tuple[object, ...]:
    owner = duty.unit_id or duty.written_name
    return (duty.action_id, duty.task_id, duty.kind, owner)
