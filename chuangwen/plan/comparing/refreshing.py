"""Comparing single items again, after a person changed them."""

import uuid
from collections.abc import Mapping, Sequence

from chuangwen.plan.comparing.differences import compare_unit, differences, set_change
from chuangwen.plan.comparing.known import load_known
from chuangwen.plan.comparing.matching import Pairing
from chuangwen.plan.enums import ItemChange, ItemKind
from chuangwen.plan.models import ImportItem, PlanImport


def refresh_differences(
    plan_import: PlanImport, changed: Sequence[ImportItem], items: Mapping[uuid.UUID, ImportItem]
) -> None:
    """Set change, object and differences of the changed items anew.

    An item keeps its object unless it now names another one. Nothing is done for an import that
    had nothing to be compared with.
    """
    wanted = [item for item in changed if item.change != ItemChange.GONE]
    if plan_import.compared_at is None or not wanted:
        return
    kinds = {ItemKind(item.kind) for item in wanted}
    campaign = load_known(plan_import.campaign, kinds)
    by_id = campaign.by_id()
    chosen = {item.pk for item in wanted}
    # Sections are there to be looked up only; they keep the objects they have.
    around = [item for item in items.values() if item.pk not in chosen]
    matches = Pairing(
        wanted, campaign, plan_import.source.text, plan_import.tenant.name, around=around
    ).match()
    for item in wanted:
        if item.kind == ItemKind.UNIT:
            compare_unit(item, campaign.register)
            continue
        values = matches.wanted.get(item.pk)
        known = matches.objects.get(item.pk)
        if known is None and item.existing_id is not None:
            known = by_id.get(item.existing_id)
        if known is None or not values:
            set_change(item, None, {})
        else:
            set_change(item, known.pk, differences(known, values, plan_import.tenant.name))
