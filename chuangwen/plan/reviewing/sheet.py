"""All items of one import in memory, with what was changed about them."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport

# What a step may change and undo. Ids are kept as text.
TRACKED = ("state", "data", "start", "end", "parent_id", "is_edited", "parsed")
IDS = frozenset({"parent_id"})


class Sheet:
    """The items in document order. Changes are noted, so that they can be stored and undone."""

    def __init__(self, plan_import: PlanImport, items: Iterable[ImportItem]) -> None:
        self.plan_import = plan_import
        self.items = {item.pk: item for item in items}
        self.added: list[ImportItem] = []
        self.before: dict[uuid.UUID, dict[str, Any]] = {}

    def change(self, item: ImportItem, **values: Any) -> None:
        """Set fields of an item; `data` is a new dictionary, never the old one changed."""
        for name, value in values.items():
            old = getattr(item, name)
            if old == value:
                continue
            setattr(item, name, value)
            if item not in self.added:
                self.before.setdefault(item.pk, {}).setdefault(name, old)

    def set_data(self, item: ImportItem, **values: Any) -> None:
        """Set single values of an item's data."""
        self.change(item, data={**item.data, **values})

    def add(
        self,
        kind: ItemKind,
        data: dict[str, Any],
        *,
        start: int | None = None,
        end: int | None = None,
        parent_id: uuid.UUID | None = None,
    ) -> ImportItem:
        """Add an accepted item after all others, marked as added by a person."""
        last = max((item.position for item in self.items.values()), default=-1)
        item = ImportItem(
            plan_import=self.plan_import,
            parent_id=parent_id,
            kind=kind,
            data=data,
            start=start,
            end=end,
            position=last + 1,
            state=ItemState.ACCEPTED,
            is_added=True,
        )
        self.items[item.pk] = item
        self.added.append(item)
        return item

    def children(self, item: ImportItem) -> list[ImportItem]:
        """Return the items that hang directly below one."""
        return [other for other in self.items.values() if other.parent_id == item.pk]

    def below(self, roots: Iterable[ImportItem]) -> list[ImportItem]:
        """Return everything that hangs below some items, at any depth, without themselves."""
        reached = {item.pk for item in roots}
        found: list[ImportItem] = []
        grown = True
        while grown:
            more = [
                item
                for item in self.items.values()
                if item.parent_id in reached and item.pk not in reached
            ]
            reached |= {item.pk for item in more}
            found += more
            grown = bool(more)
        return found

    def above(self, item: ImportItem) -> Iterator[ImportItem]:
        """Yield the sections around an item, the nearest first."""
        parent_id = item.parent_id
        while parent_id is not None and parent_id in self.items:
            parent = self.items[parent_id]
            yield parent
            parent_id = parent.parent_id

    def over(self, start: int, end: int, *kinds: ItemKind) -> Iterator[ImportItem]:
        """Yield the items of some kinds whose words overlap a place in the text."""
        for item in list(self.items.values()):
            first, last = item.start, item.end
            if item.kind not in kinds or first is None or last is None:
                continue
            if first < end and start < last:
                yield item

    def of_kind(self, *kinds: ItemKind) -> list[ImportItem]:
        """Return the items of some kinds, without those that stand for what is gone."""
        return [
            item
            for item in self.items.values()
            if item.kind in kinds and item.change != ItemChange.GONE
        ]

    def text(self, item: ImportItem) -> str:
        """Return the item's words in the source; empty when it has no place there."""
        if item.start is None or item.end is None:
            return ""
        return self.plan_import.source.text[item.start : item.end]

    def notes(self) -> dict[str, Any]:
        """Return what a step needs to undo the changes, as plain JSON values."""
        items = {
            str(pk): {name: _plain(value) for name, value in values.items()}
            for pk, values in self.before.items()
        }
        return {"items": items, "added": [str(item.pk) for item in self.added]}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value
