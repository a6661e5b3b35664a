"""Splitting one item of a review into two, and merging neighbours into one."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from chuangwen.audit.actions import Entry
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.review import found_items, label_of, open_item
from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport
from chuangwen.plan.reviewing import reshaping
from chuangwen.plan.reviewing.neighbours import are_neighbours, joins
from chuangwen.plan.reviewing.sheet import Sheet
from chuangwen.plan.reviewing.storing import Outcome, open_sheet, store_sheet


@transaction.atomic
def split_item(*, item: ImportItem, base_version: int, at: int, by: Actor) -> Outcome:
    """Cut an item before the character `at` of its words; both parts are accepted.

    Owners below it stand below both parts. Raises StaleEdit, and Invalid when a part would be
    empty or the kind cannot be cut.
    """
    by.require(Permission.MANAGE_PLAN)
    sheet, found = open_item(item, base_version)
    if found.change == ItemChange.GONE:
        raise Invalid("这一条是已有计划中的内容，文件里没有，不能拆分。", field="at")
    kind = ItemKind(found.kind)
    words, in_source = reshaping.words_of(kind, found.data, sheet.text(found))
    start = found.start if in_source else None
    first, second = reshaping.split(kind, found.data, start, words, at)
    parsed = found.parsed if found.parsed is not None or found.is_added else found.data
    places = (found.start, found.end, found.start, found.end)
    if in_source:
        places = (first.start, first.end, second.start, second.end)
    added = sheet.add(kind, second.data, start=places[2], end=places[3], parent_id=found.parent_id)
    sheet.change(
        found,
        data=first.data,
        start=places[0],
        end=places[1],
        parsed=parsed,
        is_edited=True,
        state=ItemState.ACCEPTED,
    )
    _copy_owners(sheet, found, added)
    entry = Entry("plan_item.split", found, {"at": at, "into": [str(found), str(added)]})
    return store_sheet(sheet, label_of("拆分", [found]), by=by, entries=[entry])


@transaction.atomic
def merge_items(*, plan_import: PlanImport, item_ids: Iterable[uuid.UUID], by: Actor) -> Outcome:
    """Make one item of neighbours of a kind: the first grows, the others are dropped.

    What hangs below them hangs below the first. Raises Invalid when they are not of one kind and
    section, or not neighbours.
    """
    by.require(Permission.MANAGE_PLAN)
    sheet = open_sheet(plan_import)
    chosen = sorted(found_items(sheet, item_ids), key=lambda item: (item.start or 0, item.position))
    if len(chosen) < 2:
        raise Invalid("请勾选两条以上要合并的条目。")
    first, *others = chosen
    if any(item.kind != first.kind or item.parent_id != first.parent_id for item in others):
        raise Invalid("只能合并同一种类、属于同一处的条目。请重新勾选。")
    if any(item.change == ItemChange.GONE for item in chosen):
        raise Invalid("“缺少”的条目是已有计划中的内容，不能合并。请取消勾选。")
    kind = ItemKind(first.kind)
    if not are_neighbours(sheet, chosen):
        raise Invalid("勾选的条目之间还有别的条目。只能合并相邻的条目，请重新勾选。")
    adjacent = joins(sheet, chosen)
    last = max(item.end or 0 for item in chosen)
    words = plan_import.source.text[first.start or 0 : last] if adjacent else ""
    data = reshaping.merged(kind, [item.data for item in chosen], words, adjacent=adjacent)
    parsed = first.parsed if first.parsed is not None or first.is_added else first.data
    sheet.change(first, data=data, parsed=parsed, is_edited=True, state=ItemState.ACCEPTED)
    if adjacent:
        sheet.change(first, end=last)
    held = {(below.kind, str(below), below.data.get("role")) for below in sheet.children(first)}
    for other in others:
        sheet.change(other, state=ItemState.DROPPED)
        for below in sheet.children(other):
            if below.change == ItemChange.GONE:
                continue
            twice = (below.kind, str(below), below.data.get("role")) in held
            sheet.change(
                below, parent_id=first.pk, **({"state": ItemState.DROPPED} if twice else {})
            )
    entry = Entry("plan_item.merged", first, {"items": [str(item.pk) for item in chosen]})
    return store_sheet(sheet, label_of("合并", chosen), by=by, entries=[entry])


def _copy_owners(sheet: Sheet, item: ImportItem, added: ImportItem) -> None:
    for owner in sheet.children(item):
        is_live = owner.state != ItemState.DROPPED and owner.change != ItemChange.GONE
        if owner.kind == ItemKind.DUTY and is_live:
            place = {"start": owner.start, "end": owner.end}
            sheet.add(ItemKind.DUTY, dict(owner.data), parent_id=added.pk, **place)
