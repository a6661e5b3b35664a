"""The register of units, filtered and sorted for a page or an export."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.naming import name_key
from chuangwen.people.queries.units import open_on, visible_units

SORTS = {"kind": ("kind", "name", "pk"), "name": ("name", "pk"), "code": ("code", "name", "pk")}
OPEN, CLOSED, ALL = "open", "closed", "all"


@dataclass(frozen=True)
class RegisterFilter:
    """What a viewer asked for; unknown words mean the first choice."""

    text: str = ""
    kind: str = ""
    state: str = OPEN
    sort: str = "kind"


def register_of(actor: Actor, wanted: RegisterFilter, day: datetime.date) -> QuerySet[Unit]:
    """Return the units that the actor may see and the filter keeps, sorted, with their parents."""
    units = visible_units(actor)
    if wanted.state == OPEN:
        units = open_on(units, day)
    elif wanted.state == CLOSED:
        units = units.filter(valid_until__lt=day)
    if wanted.kind:
        units = units.filter(kind=wanted.kind)
    key = name_key(wanted.text)
    if key:
        aliases = UnitAlias.objects.filter(unit=OuterRef("pk"), key__contains=key)
        units = units.filter(Q(key__contains=key) | Q(code=wanted.text.strip()) | Exists(aliases))
    order = SORTS.get(wanted.sort, SORTS["kind"])
    return units.select_related("parent").order_by(*order)
