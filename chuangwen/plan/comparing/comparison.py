"""Comparing all items of an import with the campaign, and with the review of what it amends."""

import uuid
from collections.abc import Sequence

from chuangwen.kit import clock
from chuangwen.plan.comparing.amending import amended_source, confirmed_imports
from chuangwen.plan.comparing.carrying import Carried, carry_over
from chuangwen.plan.comparing.differences import compare_unit, differences, set_change
from chuangwen.plan.comparing.fingerprints import fingerprint
from chuangwen.plan.comparing.gone import gone_items
from chuangwen.plan.comparing.known import Campaigns, load_known
from chuangwen.plan.comparing.matching import Matches, Pairing
from chuangwen.plan.comparing.wanted import COMPARED
from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport, SourceDocument

Choice = SourceDocument | None


def begin_comparison(plan_import: PlanImport, items: Sequence[ImportItem]) -> list[ImportItem]:
    """Prepare what the parser found for review; return it with what is to be added to it.

    Sets `amends` and `compared_at` of the import, in memory. A campaign without content has
    nothing to compare with: everything is new.
    """
    earlier = confirmed_imports(plan_import)
    plan_import.amends = amended_source(plan_import, items, earlier) if earlier else None
    return compared(plan_import, items)


def compared(plan_import: PlanImport, items: Sequence[ImportItem]) -> list[ImportItem]:
    """Compare with the campaign as it is now and with the document in `amends`."""
    _set_fingerprints(plan_import, items)
    campaign = load_known(plan_import.campaign)
    if not campaign:
        return list(items)
    plan_import.compared_at = clock.now()
    for item in items:
        set_change(item, None, {})  # an earlier comparison no longer counts
    amended = plan_import.amends_id
    past = [each for each in confirmed_imports(plan_import) if each.source_id == amended]
    carried = carry_over(plan_import, items, past[0] if past else None)
    everything = [*items, *carried.added]
    matches = Pairing(
        everything,
        campaign,
        plan_import.source.text,
        plan_import.tenant.name,
        earlier=carried.made(),
        amended=frozenset({amended} if amended else ()),
    ).match()
    holders = _set_changes(plan_import, everything, campaign, matches, carried)
    if amended:
        everything += gone_items(plan_import, campaign, holders)
    for position, item in enumerate(everything):
        item.position = position
    return everything


def _set_fingerprints(plan_import: PlanImport, items: Sequence[ImportItem]) -> None:
    by_id = {item.pk: item for item in items}
    for item in items:
        parent = by_id.get(item.parent_id) if item.parent_id else None
        item.fingerprint = fingerprint(item, parent, plan_import.source.text)


def _set_changes(
    plan_import: PlanImport,
    items: Sequence[ImportItem],
    campaign: Campaigns,
    matches: Matches,
    carried: Carried,
) -> dict[uuid.UUID, uuid.UUID]:
    """Return the item that names each object."""
    district = plan_import.tenant.name
    holders: dict[uuid.UUID, uuid.UUID] = {}
    for item in items:
        known = matches.objects.get(item.pk)
        if known is not None:
            holders.setdefault(known.pk, item.pk)
            found = differences(known, matches.wanted[item.pk], district)
            set_change(item, known.pk, found)
        elif item.kind == ItemKind.UNIT:
            compare_unit(item, campaign.register)
        _settle(item, is_carried=item.pk in carried.past)
    return holders


def _settle(item: ImportItem, *, is_carried: bool) -> None:
    """Nothing is asked about what stays as it is; everything else waits for a person."""
    makes_nothing = item.kind in {ItemKind.DOCUMENT, ItemKind.ANOMALY} or (
        item.kind == ItemKind.UNIT and bool(item.data.get("collective"))
    )
    is_decided = is_carried and item.state != ItemState.PROPOSED
    if is_decided and (makes_nothing or item.state == ItemState.DROPPED):
        item.change = ItemChange.SAME
        return
    if item.change == ItemChange.SAME:
        item.state = ItemState.ACCEPTED
    elif item.kind in {*COMPARED, ItemKind.UNIT} or not is_carried:
        item.state = ItemState.PROPOSED
