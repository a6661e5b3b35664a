"""What a reviewer does to one item, or to many at once, before the import is confirmed.

Every action is one step: one audit event, and one entry that can be undone.
"""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from chuangwen.audit.actions import Entry, record
from chuangwen.kit.errors import Invalid, NotFound, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport
from chuangwen.plan.reviewing.deciding import decide
from chuangwen.plan.reviewing.fields import FIELDS, cleaned
from chuangwen.plan.reviewing.parents import check_parent
from chuangwen.plan.reviewing.sheet import Sheet
from chuangwen.plan.reviewing.storing import Outcome, open_sheet, store_sheet, take_back

DECIDED = {ItemState.ACCEPTED: "接受", ItemState.DROPPED: "舍弃", ItemState.PROPOSED: "退回待核对"}
NAMED = 50  # ids in an event; of more, their hash
SAME_PARENT: Any = object()


@transaction.atomic
def decide_items(
    *, plan_import: PlanImport, item_ids: Iterable[uuid.UUID], state: ItemState, by: Actor
) -> Outcome:
    """Accept, drop or put back several items, with what that means for the items around them.

    Accepting or rejecting a doubt changes the items that it is about. Ids of another import count
    as non-existent. Raises IllegalTransition once the import is confirmed or discarded, Invalid
    when a doubt's reading does not say one thing.
    """
    by.require(Permission.MANAGE_PLAN)
    sheet = open_sheet(plan_import)
    chosen = found_items(sheet, item_ids)
    state = ItemState(state)
    before = chosen[0].state if len(chosen) == 1 else None
    decide(sheet, chosen, state)
    subject: PlanImport | ImportItem = chosen[0] if len(chosen) == 1 else plan_import
    changes: dict[str, Any] = {"state": [before, state], "number": len(chosen)}
    entry = Entry("plan_item.decided", subject, changes | _ids(chosen))
    return store_sheet(sheet, label_of(DECIDED[state], chosen), by=by, entries=[entry])


@transaction.atomic
def settle_doubt(
    *, item: ImportItem, base_version: int, reading: str, state: ItemState, by: Actor
) -> Outcome:
    """Decide a doubt by the reading as the reviewer wrote it. Raises StaleEdit, Invalid."""
    by.require(Permission.MANAGE_PLAN)
    sheet, doubt = open_item(item, base_version)
    if doubt.kind != ItemKind.ANOMALY:
        raise Invalid(f"“{doubt}”不是疑点。请刷新页面后重试。")
    before = {"state": doubt.state, "reading": doubt.data.get("reading")}
    values = cleaned(ItemKind.ANOMALY, {"reading": reading}, doubt.data)
    if values["reading"] != (doubt.data.get("reading") or ""):
        _set(sheet, doubt, values)
    decide(sheet, [doubt], ItemState(state))
    changes = {"state": [before["state"], state], "reading": [before["reading"], reading]}
    entry = Entry("plan_item.decided", doubt, changes)
    return store_sheet(sheet, label_of(DECIDED[ItemState(state)], [doubt]), by=by, entries=[entry])


@transaction.atomic
def edit_item(
    *,
    item: ImportItem,
    base_version: int,
    changes: Mapping[str, Any],
    by: Actor,
    parent: ImportItem | None = SAME_PARENT,
) -> Outcome:
    """Correct an item's values as a person typed them, and accept it.

    Raises StaleEdit, BadFields with words for each bad value, Invalid for an unknown field or a
    section to which it cannot belong.
    """
    by.require(Permission.MANAGE_PLAN)
    sheet, found = open_item(item, base_version)
    if found.change == ItemChange.GONE:
        raise Invalid("这一条是已有计划中的内容，文件里没有。只能选择保留，或不再要求。")
    values = cleaned(ItemKind(found.kind), changes, found.data)
    differing = {name: value for name, value in values.items() if found.data.get(name) != value}
    diff = {name: [found.data.get(name), value] for name, value in differing.items()}
    if parent is not SAME_PARENT and (parent.pk if parent else None) != found.parent_id:
        check_parent(ItemKind(found.kind), parent)
        diff["parent"] = [str(found.parent or ""), str(parent or "")]
        sheet.change(found, parent_id=parent.pk if parent else None)
    if differing:
        _set(sheet, found, differing)
    decide(sheet, [found], ItemState.ACCEPTED)
    entry = Entry("plan_item.edited", found, {"values": diff})
    return store_sheet(sheet, label_of("修改", [found]), by=by, entries=[entry])


@transaction.atomic
def add_item(
    *,
    plan_import: PlanImport,
    kind: ItemKind,
    values: Mapping[str, Any],
    by: Actor,
    parent: ImportItem | None = None,
    start: int | None = None,
    end: int | None = None,
) -> tuple[ImportItem, Outcome]:
    """Add what the parser missed, accepted and marked as added by a person.

    Raises Invalid for a place outside the text or a section to which it cannot belong, BadFields.
    """
    by.require(Permission.MANAGE_PLAN)
    sheet = open_sheet(plan_import)
    if kind in {ItemKind.ANOMALY, ItemKind.DOCUMENT}:
        raise Invalid(f"不能添加“{kind.label}”。请选择别的种类。", field="kind")
    if (start is None) != (end is None) or (
        start is not None and not 0 <= start < (end or 0) <= len(plan_import.source.text)
    ):
        raise Invalid("选中的文字超出原文范围。请重新选择。", field="start")
    everything = dict.fromkeys(FIELDS[kind], "") | dict(values)
    data = cleaned(kind, everything, {})
    check_parent(kind, parent)
    item = sheet.add(kind, data, start=start, end=end, parent_id=parent.pk if parent else None)
    decide(sheet, [item], ItemState.ACCEPTED)
    entry = Entry("plan_item.added", item, {"data": [None, data]})
    outcome = store_sheet(sheet, label_of("添加", [item]), by=by, entries=[entry])
    return item, outcome


@transaction.atomic
def accept_remaining(*, plan_import: PlanImport, by: Actor) -> Outcome:
    """Accept what still waits and is new. Doubts need a person's word each, and so does every
    change of what the campaign has."""
    by.require(Permission.MANAGE_PLAN)
    sheet = open_sheet(plan_import)
    waiting = [item for item in sheet.items.values() if _may_be_accepted_in_bulk(item)]
    for item in waiting:
        sheet.change(item, state=ItemState.ACCEPTED)
    changes = {"accepted": [0, len(waiting)]} | _ids(waiting)
    entry = Entry("plan.accepted_remaining", plan_import, changes)
    return store_sheet(sheet, f"接受其余 {len(waiting)} 条", by=by, entries=[entry])


@transaction.atomic
def undo_last_step(*, plan_import: PlanImport, by: Actor) -> tuple[str, Outcome]:
    """Take back the last step of the review, whoever took it; return its label.

    Raises Invalid when there is none.
    """
    by.require(Permission.MANAGE_PLAN)
    open_sheet(plan_import)
    step = plan_import.steps.order_by("-number").first()
    if step is None:
        raise Invalid("没有可以撤销的操作。")
    label = step.label
    outcome = take_back(step)
    record(by=by, verb="plan.step_undone", on=plan_import, step=[label, None])
    return label, outcome


def _may_be_accepted_in_bulk(item: ImportItem) -> bool:
    return (
        item.state == ItemState.PROPOSED
        and item.kind != ItemKind.ANOMALY
        and item.change != ItemChange.CHANGED
    )


def open_item(item: ImportItem, base_version: int) -> tuple[Sheet, ImportItem]:
    sheet = open_sheet(item.plan_import)
    found = sheet.items.get(item.pk)
    if found is None:
        raise NotFound("没有找到要处理的条目。可能已被撤销，请刷新页面。")
    if found.version != base_version:
        raise StaleEdit("该条目刚被别人修改。请对照现在的内容再改，您填写的内容仍在页面上。")
    return sheet, found


def _set(sheet: Sheet, item: ImportItem, values: Mapping[str, Any]) -> None:
    """Set values as a person's; what the parser had read is kept once."""
    parsed = item.parsed if item.parsed is not None or item.is_added else item.data
    sheet.change(item, is_edited=True, parsed=parsed, data={**item.data, **values})


def found_items(sheet: Sheet, item_ids: Iterable[uuid.UUID]) -> list[ImportItem]:
    wanted = dict.fromkeys(item_ids)
    if not wanted or any(key not in sheet.items for key in wanted):
        raise NotFound("没有找到要处理的条目。请刷新页面后重试。")
    return [sheet.items[key] for key in wanted]


def label_of(verb: str, items: Collection[ImportItem]) -> str:
    first = next(iter(items))
    return f"{verb}“{str(first)[:40]}”" + (f"等 {len(items)} 条" if len(items) > 1 else "")


def _ids(items: Collection[ImportItem]) -> dict[str, Any]:
    """Name the items in an event: by their ids, or of many by the hash of their ids."""
    keys = sorted(str(item.pk) for item in items)
    if len(keys) <= NAMED:
        return {"items": keys}
    return {"items_sha256": hashlib.sha256("\n".join(keys).encode()).hexdigest()}
