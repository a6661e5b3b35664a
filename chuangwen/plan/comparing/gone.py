"""What the amended document ordered and the new one no longer names: to be chosen, never lost."""

import uuid
from collections.abc import Mapping
from typing import Any

from chuangwen.plan.comparing.known import Campaigns, Known
from chuangwen.plan.comparing.wanted import COMPARED
from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport


def gone_items(
    plan_import: PlanImport, campaign: Campaigns, holders: Mapping[uuid.UUID, uuid.UUID]
) -> list[ImportItem]:
    """Return an item for each object of the amended document that nothing names any more.

    `holders` gives the item of each object that is named. Dropped means kept, and is the default.
    """
    items: list[ImportItem] = []
    parents = dict(holders)
    for kind in COMPARED:  # sections come before what hangs below them
        for one in campaign.known.get(kind, []):
            is_named = one.pk in holders or one.retired or one.is_settled
            if one.source_id != plan_import.amends_id or is_named:
                continue
            item = ImportItem(
                plan_import=plan_import,
                parent_id=parents.get(one.parent_pk) if one.parent_pk else None,
                kind=kind,
                data=shown_data(one),
                state=ItemState.DROPPED,
                change=ItemChange.GONE,
                existing_id=one.pk,
            )
            parents[one.pk] = item.pk
            items.append(item)
    return items


def shown_data(one: Known) -> dict[str, Any]:
    """Return an object's values as an item's data, for its card."""
    values: dict[str, Any] = dict(one.values)
    if one.kind == ItemKind.DUTY:
        name, role = values["unit"], values["kind"]
        return {"name": name, "role": role, "collective": one.unit_id is None}
    if one.kind == ItemKind.PHASE:
        values["from"] = values.pop("starts_on")[:7] or None
        values["to"] = values.pop("ends_on")[:7] or None
    if one.kind == ItemKind.TASK:
        values["due"] = values.pop("due_on") or None
    if "value" in values:
        values["value"] = values["value"] or None
    return values
