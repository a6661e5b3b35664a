"""The whole register in memory, for comparing a file with it: five queries, whatever its size."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from chuangwen.framework.models import SiteType
from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.sites.enums import Datum, Importance
from chuangwen.sites.facts import told
from chuangwen.sites.models import Site, SiteDuty

# The facts that a file may hold, by field; those of other rows are held by their keys.
FACTS = (
    "code", "name", "site_type", "area", "address", "longitude", "latitude", "datum", "geometry",
    "length_metres", "area_square_metres", "telephone", "importance", "is_demonstration", "note",
)  # fmt: skip


@dataclass(slots=True)
class Stored:
    """A site as it is, or will be."""

    pk: uuid.UUID
    facts: dict[str, Any]
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class Held:
    """A duty in force today."""

    pk: uuid.UUID
    unit_id: uuid.UUID
    unit_name: str
    holder: str
    began_today: bool


def empty_facts() -> dict[str, Any]:
    """Return the facts of a site of which nothing is known."""
    texts: dict[str, Any] = dict.fromkeys(("code", "name", "address", "telephone", "note"), "")
    nothing = dict.fromkeys(
        ("site_type", "area", "longitude", "latitude", "geometry", "length_metres",
         "area_square_metres")
    )  # fmt: skip
    return {
        **texts,
        **nothing,
        "datum": Datum.WGS84.value,
        "importance": Importance.ORDINARY.value,
        "is_demonstration": False,
    }


@dataclass
class Register:
    """Sites by key and code, and who answers for them today."""

    sites: dict[uuid.UUID, Stored] = field(default_factory=dict)
    by_code: dict[str, Stored] = field(default_factory=dict)
    duties: dict[tuple[uuid.UUID, str], Held] = field(default_factory=dict)
    ahead: set[tuple[uuid.UUID, str]] = field(default_factory=set)  # a later one is set
    shapes: dict[uuid.UUID, str] = field(default_factory=dict)
    names: dict[uuid.UUID, str] = field(default_factory=dict)
    counts: Counter[uuid.UUID] = field(default_factory=Counter)

    def add(self, site: Stored) -> None:
        """Note a new site."""
        self.by_code[site.facts["code"]] = site

    def count_of(self, type_id: uuid.UUID) -> int:
        """Return how many sites of a type are stored."""
        return self.counts[type_id]

    def told(self, name: str, value: Any) -> Any:
        """Return a fact for people: the name of a type or unit."""
        return self.names.get(value, value) if name in ("site_type", "area") else told(name, value)


def stored_register() -> Register:
    """Read everything. Four queries."""
    register = Register()
    columns = [name if name not in ("site_type", "area") else f"{name}_id" for name in FACTS]
    rows = Site.objects.order_by().values_list("pk", "state", "version", *columns)
    for pk, state, version, *values in rows.iterator(chunk_size=5_000):
        site = Stored(pk, dict(zip(FACTS, values, strict=True)), state, version)
        register.sites[pk] = site
        register.by_code[site.facts["code"]] = site
        register.counts[site.facts["site_type"]] += 1
    today = clock.today()
    held = SiteDuty.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    for pk, site_id, kind, unit_id, unit_name, holder, begun in (
        held.order_by()
        .values_list("pk", "site_id", "kind", "unit_id", "unit__name", "holder", "valid_from")
        .iterator(chunk_size=5_000)
    ):
        if begun > today:
            register.ahead.add((site_id, kind))
        else:
            duty = Held(pk, unit_id, unit_name, holder, begun == today)
            register.duties[site_id, kind] = duty
    for pk, name, shape in SiteType.objects.order_by().values_list("pk", "name", "shape"):
        register.names[pk], register.shapes[pk] = name, shape
    register.names.update(Unit.objects.order_by().values_list("pk", "name"))
    return register
