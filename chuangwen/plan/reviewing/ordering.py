"""The order in which items are shown and made: as in the document, additions at their place."""

from collections import defaultdict
from collections.abc import Iterable

from chuangwen.plan.models import ImportItem


def in_order(items: Iterable[ImportItem]) -> list[ImportItem]:
    """Return the items by position; what a person added follows the sister that it stands behind.

    Without a sister it follows its section, and without a place it comes last.
    """
    own: list[ImportItem] = []
    added: list[ImportItem] = []
    for item in sorted(items, key=lambda item: item.position):
        (added if item.is_added and item.start is not None else own).append(item)
    if not added:
        return own
    sisters: dict[object, list[ImportItem]] = defaultdict(list)
    by_id = {item.pk: item for item in own}
    for item in own:
        if item.start is not None:
            sisters[item.kind, item.parent_id].append(item)
    behind: dict[object, list[ImportItem]] = defaultdict(list)
    for item in sorted(added, key=lambda item: (item.start or 0, item.position)):
        before = [one for one in sisters[item.kind, item.parent_id] if _is_before(one, item)]
        anchor = max(before, key=_place, default=None) or by_id.get(item.parent_id)  # type: ignore[arg-type]
        behind[anchor.pk if anchor else None].append(item)
    ordered: list[ImportItem] = []
    for item in own:
        _put(item, behind, ordered)
    return ordered + [item for item in added if item not in set(ordered)]


def _put(
    item: ImportItem, behind: dict[object, list[ImportItem]], ordered: list[ImportItem]
) -> None:
    ordered.append(item)
    for one in behind.pop(item.pk, ()):
        _put(one, behind, ordered)


def _is_before(one: ImportItem, item: ImportItem) -> bool:
    return (one.start or 0) <= (item.start or 0)


def _place(item: ImportItem) -> tuple[int, int]:
    return item.start or 0, item.position
