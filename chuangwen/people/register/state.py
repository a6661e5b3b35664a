"""The whole register in memory, for comparing thousands of rows without asking for each."""

import datetime
import uuid
from dataclasses import dataclass, field

from chuangwen.people.models import Unit, UnitAlias

FIELDS = (
    "id", "name", "key", "kind", "parent_id", "code", "valid_from", "valid_until",
    "merged_into_id", "version",
)  # fmt: skip


@dataclass(slots=True)
class UnitState:
    """One unit's columns, in the order of FIELDS."""

    id: uuid.UUID
    name: str
    key: str
    kind: str
    parent_id: uuid.UUID | None = None
    code: str = ""
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    merged_into_id: uuid.UUID | None = None
    version: int = 1

    @property
    def is_in_force(self) -> bool:
        """True without an end: only then does the unit hold its name."""
        return self.valid_until is None


@dataclass(slots=True)
class Register:
    """Units by id and aliases by their comparable form."""

    units: dict[uuid.UUID, UnitState] = field(default_factory=dict)
    aliases: dict[str, uuid.UUID] = field(default_factory=dict)

    def by_code(self) -> dict[str, UnitState]:
        """Return the units that have a code, closed ones included."""
        return {unit.code: unit for unit in self.units.values() if unit.code}

    def by_key(self) -> dict[str, UnitState]:
        """Return the units in force by the comparable form of their name."""
        return {unit.key: unit for unit in self.units.values() if unit.is_in_force}


def stored_register() -> Register:
    """Read the tenant's register. Two queries."""
    units = (UnitState(*values) for values in Unit.objects.order_by().values_list(*FIELDS))
    aliases = UnitAlias.objects.order_by().values_list("key", "unit_id")
    return Register({unit.id: unit for unit in units}, dict(aliases))
