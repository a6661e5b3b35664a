"""What a reviewer does to one item, or to many at once, before the import is confirmed."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import ImportState, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport

EDITABLE = {
    ItemKind.DOCUMENT: {"title", "issuer", "date", "kind"},
    ItemKind.UNIT: {"name", "aliases", "kind", "collective"},
    ItemKind.AREA: {"number", "title", "goal"},
    ItemKind.ACTION: {"number", "title", "name", "goal"},
    ItemKind.KEY_WORK: {"number", "title"},
    ItemKind.PHASE: {"name", "theme", "from", "to"},
    ItemKind.TARGET: {"name", "operator", "value", "unit", "year"},
    ItemKind.TASK: {"number", "title", "text"},
    ItemKind.DUTY: {"name", "role", "collective"},
    ItemKind.INDICATOR: {"name", "kind", "operator", "value", "unit", "scope", "reference"},
    ItemKind.MECHANISM: {"name", "frequency"},
    ItemKind.ANOMALY: {"reading"},
}


@transaction.atomic
def decide_items(
    *, plan_import: PlanImport, item_ids: Iterable[uuid.UUID], state: ItemState, by: Actor
) -> int:
    """Accept, drop or put back several items; return how many changed.

    Dropping a section drops what hangs below it. Ids of another import count as non-existent.
    Raises IllegalTransition once the import is confirmed or discarded.
    """
    by.require(Permission.MANAGE_PLAN)
    _lock_open(plan_import)
    wanted = set(item_ids)
    found = {item.pk: item for item in plan_import.items.filter(pk__in=wanted)}
    if len(found) != len(wanted):
        raise NotFound("没有找到要处理的条目。请刷新页面后重试。")
    affected = set(found) | (_below(plan_import, wanted) if state == ItemState.DROPPED else set())
    changed = (
        plan_import.items.filter(pk__in=affected)
        .exclude(state=state)
        .update(state=state, version=F("version") + 1)
    )
    entries = [
        Entry("plan_item.decided", item, {"state": [item.state, state]}) for item in found.values()
    ]
    record_all(by=by, entries=entries)
    return changed


@transaction.atomic
def edit_item(
    *, item: ImportItem, base_version: int, changes: dict[str, Any], by: Actor
) -> ImportItem:
    """Correct an item's values and accept it. Raises StaleEdit, Invalid for an unknown field."""
    by.require(Permission.MANAGE_PLAN)
    _lock_open(item.plan_import)
    unknown = set(changes) - EDITABLE[ItemKind(item.kind)]
    if unknown:
        raise Invalid(f"不能修改“{'、'.join(sorted(unknown))}”。", field=min(unknown))
    if "title" in changes and not str(changes["title"]).strip():
        raise Invalid("名称不能为空。请填写名称，或舍弃该条目。", field="title")
    before = {key: item.data.get(key) for key in changes}
    item.data = {**item.data, **changes}
    updated = ImportItem.objects.filter(pk=item.pk, version=base_version).update(
        data=item.data, state=ItemState.ACCEPTED, is_edited=True, version=base_version + 1
    )
    if not updated:
        raise StaleEdit("该条目刚被别人修改。请刷新后在新内容上修改，您填写的内容仍在页面上。")
    diff = {key: [before[key], value] for key, value in changes.items()}
    record(by=by, verb="plan_item.edited", on=item, values=diff)
    item.refresh_from_db()
    return item


@transaction.atomic
def add_item(
    *,
    plan_import: PlanImport,
    kind: ItemKind,
    data: dict[str, Any],
    by: Actor,
    parent: ImportItem | None = None,
    start: int | None = None,
    end: int | None = None,
) -> ImportItem:
    """Add what the parser missed, marked as added by a person. Offsets must lie in the text."""
    by.require(Permission.MANAGE_PLAN)
    _lock_open(plan_import)
    if start is not None and not 0 <= start < (end or 0) <= len(plan_import.source.text):
        raise Invalid("选中的文字超出原文范围。请重新选择。")
    last = plan_import.items.aggregate(last=Max("position"))["last"]
    item = ImportItem.objects.create(
        plan_import=plan_import,
        parent=parent,
        kind=kind,
        data=data,
        start=start,
        end=end,
        position=(last if last is not None else -1) + 1,
        state=ItemState.ACCEPTED,
        is_added=True,
    )
    record(by=by, verb="plan_item.added", on=item, data=[None, data])
    return item


@transaction.atomic
def accept_remaining(*, plan_import: PlanImport, by: Actor) -> int:
    """Accept every item still waiting, anomalies excepted: those need a person's word each."""
    by.require(Permission.MANAGE_PLAN)
    _lock_open(plan_import)
    changed = (
        plan_import.items.filter(state=ItemState.PROPOSED)
        .exclude(kind=ItemKind.ANOMALY)
        .update(state=ItemState.ACCEPTED, version=F("version") + 1)
    )
    record(by=by, verb="plan.accepted_remaining", on=plan_import, accepted=[0, changed])
    return changed


def _lock_open(plan_import: PlanImport) -> None:
    locked = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if locked.state != ImportState.REVIEW:
        label = ImportState(locked.state).label
        raise IllegalTransition(f"该导入{label}，不能再修改条目。请重新导入文件。")


def _below(plan_import: PlanImport, roots: set[uuid.UUID]) -> set[uuid.UUID]:
    pairs = list(plan_import.items.exclude(parent=None).values_list("pk", "parent_id"))
    reached, grown = set(roots), True
    while grown:
        more = {child for child, parent in pairs if parent in reached} - reached
        grown = bool(more)
        reached |= more
    return reached
