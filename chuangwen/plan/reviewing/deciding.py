"""What accepting, dropping or putting back some items means for the items around them."""

from collections.abc import Iterable

from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.doubts import settle
from chuangwen.plan.reviewing.sheet import Sheet


def decide(sheet: Sheet, chosen: Iterable[ImportItem], state: ItemState) -> None:
    """Bring items into a state.

    A dropped section takes what hangs below it along; an accepted item brings back the dropped
    sections above it. What exists in the campaign stays when its change is dropped, and so does
    what hangs below it. Things that the document no longer names are kept unless accepted.
    """
    items = list(chosen)
    doubts = [item for item in items if item.kind == ItemKind.ANOMALY]
    settle(sheet, doubts, state)
    for item in items:
        if item.kind == ItemKind.ANOMALY:
            continue
        if item.change == ItemChange.GONE:
            _decide_gone(sheet, item, state)
            continue
        sheet.change(item, state=state)
        if state == ItemState.ACCEPTED:
            _bring_back_above(sheet, item)
    if state == ItemState.DROPPED:
        roots = [item for item in items if item.existing_id is None]
        for below in sheet.below(roots):
            if below.change != ItemChange.GONE:
                sheet.change(below, state=state)


def _decide_gone(sheet: Sheet, item: ImportItem, state: ItemState) -> None:
    """Putting back means keeping; a section that is no longer required takes its parts along."""
    wanted = ItemState.ACCEPTED if state == ItemState.ACCEPTED else ItemState.DROPPED
    for one in (item, *sheet.below([item])):
        if one.change == ItemChange.GONE:
            sheet.change(one, state=wanted)
    if wanted == ItemState.DROPPED:
        for above in sheet.above(item):
            if above.change == ItemChange.GONE:
                sheet.change(above, state=wanted)


def _bring_back_above(sheet: Sheet, item: ImportItem) -> None:
    for above in sheet.above(item):
        if above.state == ItemState.DROPPED and above.existing_id is None:
            sheet.change(above, state=ItemState.ACCEPTED)
