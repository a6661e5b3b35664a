"""Owners that a document names and the register does not know, before anything is confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chuangwen.people.naming import name_key
from chuangwen.people.queries.register_names import RegisterNames
from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem


@dataclass
class UnknownOwner:
    """A name as written, where it owes something, and the item that would enter it."""

    name: str
    is_collective: bool = False
    duties: list[ImportItem] = field(default_factory=list)
    entry: ImportItem | None = None

    @property
    def is_made(self) -> bool:
        """Tell whether confirming enters it as a new unit."""
        entry = self.entry
        return entry is not None and not self.is_collective and entry.state == ItemState.ACCEPTED

    @property
    def is_waiting(self) -> bool:
        """Tell whether the item that would enter it is still undecided."""
        return self.entry is not None and self.entry.state == ItemState.PROPOSED

    @property
    def blocks(self) -> bool:
        """Tell whether nobody has said yet what the name means, though it owes something."""
        named = self.entry is not None and self.entry.state != ItemState.DROPPED
        return bool(self.duties) and not self.is_collective and not named

    @property
    def kind(self) -> str:
        """The kind that the document's reader proposes."""
        return str(self.entry.data.get("kind", "")) if self.entry is not None else ""


def unknown_owners(items: Iterable[ImportItem], known: RegisterNames) -> list[UnknownOwner]:
    """Return the unknown names of the items that are not dropped, in document order.

    Collective names are unknown until somebody has said which units they mean.
    """
    items = [item for item in items if item.change != ItemChange.GONE]
    entries = _entries(items)
    found: dict[str, UnknownOwner] = {}
    for item in items:
        if item.state == ItemState.DROPPED or item.kind not in (ItemKind.DUTY, ItemKind.UNIT):
            continue
        entry = entries.get(name_key(item.data["name"]))
        if _is_known(item, entry, known):
            continue
        name = entry.data["name"] if entry is not None else item.data["name"]
        owner = found.setdefault(name_key(name), UnknownOwner(name, entry=entry))
        owner.is_collective |= bool(item.data.get("collective"))
        if item.kind == ItemKind.DUTY:
            owner.duties.append(item)
    return list(found.values())


def blocks_of_owners(owners: Sequence[UnknownOwner]) -> list[str]:
    """Return what must be said about unknown names before confirming."""
    names = [owner.name for owner in owners if owner.blocks]
    if not names:
        return []
    return [
        f"名录中没有这些责任单位：“{'、'.join(names)}”。"
        "请在“名录外的名称”中指定：新建单位、作为别名、作为集体称谓，或舍弃。"
    ]


def _entries(items: Iterable[ImportItem]) -> dict[str, ImportItem]:
    """Return the items that enter units, by every spelling; those not dropped go first."""
    entries: dict[str, ImportItem] = {}
    for item in items:
        if item.kind != ItemKind.UNIT:
            continue
        for name in (item.data["name"], *(item.data.get("aliases") or ())):
            held = entries.get(name_key(name))
            if held is None or held.state == ItemState.DROPPED:
                entries[name_key(name)] = item
    return entries


def _is_known(item: ImportItem, entry: ImportItem | None, known: RegisterNames) -> bool:
    name = item.data["name"]
    if item.data.get("collective"):
        return known.has_group(name) or item.kind == ItemKind.UNIT
    if known.unit_called(name):
        return True
    if entry is None or entry.state == ItemState.DROPPED:
        return False
    return known.has_unit([entry.data["name"], *(entry.data.get("aliases") or ())])
