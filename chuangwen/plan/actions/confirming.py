"""Confirming an import: one transaction makes the campaign of it, or nothing happens."""

import datetime
from collections import Counter

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actions.enrolment import NamedUnit, enrol_units
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.confirming.indicators import apply_indicators
from chuangwen.plan.confirming.mechanisms import apply_mechanisms
from chuangwen.plan.confirming.owners import apply_duties
from chuangwen.plan.confirming.sections import apply_sections
from chuangwen.plan.confirming.values import unit_kind
from chuangwen.plan.enums import ImportState, ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport


@transaction.atomic
def confirm_import(
    *, plan_import: PlanImport, base_version: int, effective_on: datetime.date, by: Actor
) -> PlanImport:
    """Apply all accepted items. Duties hold from `effective_on`.

    Raises IllegalTransition when the import was confirmed or discarded already, Invalid while an
    item or an anomaly still waits for a person, when an owner is not in the register, or when an
    indicator cannot be defined as the item says.
    """
    by.require(Permission.MANAGE_PLAN)
    locked = PlanImport.objects.select_for_update().select_related("source").get(pk=plan_import.pk)
    if locked.state != ImportState.REVIEW or locked.version != base_version:
        raise IllegalTransition("该导入已被处理。请刷新页面查看结果。")
    _refuse_waiting(locked)
    accepted = list(locked.items.filter(state=ItemState.ACCEPTED).order_by("position"))
    # What stands for something that the document no longer says makes nothing.
    items = [item for item in accepted if item.change != ItemChange.GONE]
    register = enrol_units(named=_named_units(items), source=locked.source.name, by=by)
    apply_sections(locked, items)
    apply_duties(locked, items, register, effective_on=effective_on)
    apply_indicators(locked, items, by=by)
    apply_mechanisms(locked, items)
    ImportItem.objects.bulk_update(items, ["applied_id"], batch_size=500)
    locked.state = ImportState.CONFIRMED
    locked.confirmed_at = clock.now()
    locked.version += 1
    locked.save(update_fields=["state", "confirmed_at", "version"])
    made = dict(sorted(Counter(ItemKind(item.kind).value for item in items).items()))
    record(by=by, verb="plan.confirmed", on=locked, applied=[0, len(items)], made=made)
    return locked


def _refuse_waiting(plan_import: PlanImport) -> None:
    waiting = plan_import.items.filter(state=ItemState.PROPOSED)
    doubts = waiting.filter(kind=ItemKind.ANOMALY).count()
    others = waiting.count() - doubts
    if doubts or others:
        raise Invalid(
            f"还有 {doubts} 处疑点、{others} 个条目没有核对，尚未写入任何内容。"
            "请逐处接受或舍弃疑点；其余条目可用“接受其余全部”。"
        )


def _named_units(items: list[ImportItem]) -> list[NamedUnit]:
    return [
        NamedUnit(
            name=item.data["name"],
            kind=unit_kind(item.data["kind"]),
            aliases=tuple(item.data.get("aliases") or ()),
        )
        for item in items
        if item.kind == ItemKind.UNIT and not item.data.get("collective")
    ]
