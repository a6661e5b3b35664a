"""Which items stand next to each other."""

import re
from collections.abc import Sequence
from itertools import pairwise

from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.sheet import Sheet

_BETWEEN = re.compile(r"[\s　、，,；;。.]*")


def are_neighbours(sheet: Sheet, chosen: Sequence[ImportItem]) -> bool:
    """Tell whether no other item of the kind stands between them in their section.

    Units are merged wherever they stand: two names of one body.
    """
    first = chosen[0]
    if first.kind == ItemKind.UNIT:
        return True
    keys = {item.pk for item in chosen}
    sisters = [
        item
        for item in sheet.items.values()
        if item.kind == first.kind
        and item.parent_id == first.parent_id
        and item.change != ItemChange.GONE
        and (item.state != ItemState.DROPPED or item.pk in keys)
    ]
    sisters.sort(key=lambda item: (item.start or 0, item.position))
    places = [place for place, item in enumerate(sisters) if item.pk in keys]
    return places[-1] - places[0] == len(places) - 1


def joins(sheet: Sheet, chosen: Sequence[ImportItem]) -> bool:
    """Tell whether only marks stand between the items' words, so that they read as one."""
    text = sheet.plan_import.source.text
    for one, other in pairwise(chosen):
        if None in (one.start, one.end, other.start, other.end):
            return False
        if not _BETWEEN.fullmatch(text[one.end or 0 : max(one.end or 0, other.start or 0)]):
            return False
    return True
