"""What accepting or rejecting a doubt does to the items that it touches.

The parser builds its readings into the items already, so accepting mostly confirms what is there,
with the reading as the reviewer edited it; rejecting takes the reading out again. What a decision
changed is noted in the doubt, so that another decision first takes it back.
"""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.sheet import Sheet

TOUCHED = "touched"


class Doubt:
    """One doubt that is being decided; handlers change items through it."""

    def __init__(self, sheet: Sheet, item: ImportItem) -> None:
        self.sheet = sheet
        self.item = item
        self.start, self.end = item.start or 0, item.end or 0
        self.reading: str = (item.data.get("reading") or "").strip()
        self.words = sheet.text(item)
        self.notes: dict[str, Any] = {"items": {}, "added": []}

    @property
    def related(self) -> list[tuple[int, int]]:
        """Other places in the text that the doubt is about."""
        return [(first, last) for first, last in self.item.data.get("related") or []]

    def over(self, *kinds: ItemKind, at: tuple[int, int] | None = None) -> list[ImportItem]:
        """Return items whose words overlap the doubt's place, or another place, in text order."""
        found = self.sheet.over(*(at or (self.start, self.end)), *kinds)
        return sorted(found, key=lambda item: (item.start or 0, item.position))

    def set(self, item: ImportItem, **values: Any) -> None:
        """Set values of an item's data."""
        note = self._note(item)["data"]
        for name, value in values.items():
            old = item.data.get(name)
            if old != value:
                note.setdefault(name, [old, None])[1] = value
        self.sheet.set_data(item, **values)

    def put(self, item: ImportItem, state: ItemState) -> None:
        """Accept or drop an item."""
        if item.state != state:
            self._note(item)["state"] = [item.state, state]
            self.sheet.change(item, state=state)

    def add(self, kind: ItemKind, data: dict[str, Any], like: ImportItem | None = None) -> None:
        """Add an item at the doubt's place, or below the parent of another one.

        One that an earlier decision added and took back is used again.
        """
        parent_id = like.parent_id if like else None
        for item in self.sheet.items.values():
            if item.is_added and (item.kind, item.data, item.parent_id) == (kind, data, parent_id):
                return self.put(item, ItemState.ACCEPTED)
        made = self.sheet.add(kind, data, start=self.start, end=self.end, parent_id=parent_id)
        self.notes["added"].append(str(made.pk))
        return None

    def _note(self, item: ImportItem) -> dict[str, Any]:
        note: dict[str, Any] = self.notes["items"].setdefault(str(item.pk), {"data": {}})
        return note


Handler = Callable[[Doubt], None]


def settle(sheet: Sheet, items: Iterable[ImportItem], state: ItemState) -> None:
    """Bring doubts into a state, with what that means for other items.

    Raises Invalid when a reading still offers several dates.
    """
    from chuangwen.plan.reviewing.readings import ACCEPTED, REJECTED  # noqa: PLC0415 - they use Doubt

    handlers = {ItemState.ACCEPTED: ACCEPTED, ItemState.DROPPED: REJECTED}.get(state, {})
    for item in items:
        _take_back(sheet, item)
        doubt = Doubt(sheet, item)
        handler = handlers.get(item.data.get("kind", ""))
        if handler:
            handler(doubt)
        notes = {key: note for key, note in doubt.notes["items"].items() if _says_something(note)}
        if notes or doubt.notes["added"]:
            sheet.set_data(item, **{TOUCHED: {"items": notes, "added": doubt.notes["added"]}})
        sheet.change(item, state=state)


def _take_back(sheet: Sheet, item: ImportItem) -> None:
    """Undo what the doubt's former decision did, unless a person changed it since."""
    touched = item.data.get(TOUCHED)
    if not touched:
        return
    for key, note in touched["items"].items():
        other = sheet.items.get(uuid.UUID(key))
        if other is None:
            continue
        old = {
            name: before
            for name, (before, after) in note["data"].items()
            if other.data.get(name) == after
        }
        if old:
            sheet.set_data(other, **old)
        before, after = note.get("state", (None, None))
        if before and other.state == after:
            sheet.change(other, state=before)
    for key in touched["added"]:
        added = sheet.items.get(uuid.UUID(key))
        if added is not None:
            sheet.change(added, state=ItemState.DROPPED)
    rest = {name: value for name, value in item.data.items() if name != TOUCHED}
    sheet.change(item, data=rest)


def _says_something(note: dict[str, Any]) -> bool:
    return bool(note["data"]) or "state" in note
