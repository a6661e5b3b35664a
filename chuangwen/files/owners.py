"""To what files can be attached. Rooms above register their kinds when they start.

The room that owns the row decides who may open its files; this room only asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from chuangwen.audit.actions import Author


@dataclass(frozen=True)
class OwnerKind:
    """`visible(viewer)`: the rows whose files the viewer may open.

    `sees_originals(viewer, row)`: the owning unit and the office; others see photos without place
    and camera data. `may_remove(viewer, row)`: who may take a file off again.
    """

    name: str
    label: str
    visible: Callable[[Any], QuerySet[Any]]
    sees_originals: Callable[[Any, Any], bool]
    may_remove: Callable[[Any, Any], bool]

    def find(self, viewer: Author, key: object) -> Model | None:
        """Return the row if the viewer may open it. One query."""
        found: Model | None = self.visible(viewer).filter(pk=key).first()
        return found


_kinds: dict[str, OwnerKind] = {}


def register_owner(kind: OwnerKind) -> None:
    """Make a kind known. Raises ValueError for a name that another room has taken."""
    known = _kinds.setdefault(kind.name, kind)
    if known != kind:
        raise ValueError(f"two rooms attach files as {kind.name!r}")


def owner_kind(name: str) -> OwnerKind | None:
    """Return a kind, or None for one that no room knows any more."""
    return _kinds.get(name)
