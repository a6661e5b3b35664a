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
from chuangwen.plan.comparing.outdated import refuse_outdated
from chuangwen.plan.confirming.indicators import apply_indicators
from chuangwen.plan.confirming.mechanisms import apply_mechanisms
from chuangwen.plan.confirming.owners import apply_duties
from chuangwen.plan.confirming.readiness import blocks_of
from chuangwen.plan.confirming.retiring import end_replaced_duties, retire
from chuangwen.plan.confirming.sections import apply_sections
from chuangwen.plan.confirming.values import unit_kind
from chuangwen.plan.enums import ImportState, ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport
from chuangwen.plan.reviewing.ordering import in_order


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
    everything = in_order(locked.items.all())
    if blocks := blocks_of(everything):
        raise Invalid("尚未写入任何内容：" + "".join(blocks))
    refuse_outdated(locked, everything)
    for position, item in enumerate(everything):
        item.position = position  # the objects' order; the items keep theirs
    accepted = [item for item in everything if item.state == ItemState.ACCEPTED]
    # What stands for something that the document no longer says makes nothing.
    items = [item for item in accepted if item.change != ItemChange.GONE]
    kept = _kept(everything)
    register = enrol_units(named=_named_units(items), source=locked.source.name, by=by)
    apply_sections(locked, items, kept)
    end_replaced_duties(items, effective_on=effective_on, by=by)
    apply_duties(locked, items, register, kept, effective_on=effective_on)
    apply_indicators(locked, items, kept, by=by)
    apply_mechanisms(locked, items)
    retired = retire(locked, accepted, effective_on=effective_on, by=by)
    ImportItem.objects.bulk_update([*items, *kept], ["applied_id"], batch_size=500)
    locked.state = ImportState.CONFIRMED
    locked.confirmed_at = clock.now()
    locked.version += 1
    locked.save(update_fields=["state", "confirmed_at", "version"])
    made = dict(sorted(Counter(ItemKind(item.kind).value for item in items).items()))
    record(
        by=by, verb="plan.confirmed", on=locked, applied=[0, len(items)], made=made, retired=retired
    )
    return locked


def _kept(items: list[ImportItem]) -> list[ImportItem]:
    """What exists and stays as it is, because its change was dropped; others may hang below it."""
    kept = [
        item
        for item in items
        if item.state == ItemState.DROPPED
        and item.existing_id is not None
        and item.change != ItemChange.GONE
    ]
    for item in kept:
        item.applied_id = item.existing_id
    return kept


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
