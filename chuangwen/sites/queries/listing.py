"""The register as a viewer asks for it: one filter for list, map, cards and exports."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value

from chuangwen.framework.models import SiteType
from chuangwen.kit import clock
from chuangwen.kit.asking import Asked
from chuangwen.kit.typed import identifier
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit, UnitAncestry
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.search.pairs import words_of
from chuangwen.search.queries import matching
from chuangwen.sites.enums import Importance, SiteState
from chuangwen.sites.models import Site
from chuangwen.sites.queries.visible import duties_in_force, visible_sites

SORTS: dict[str, tuple[str, ...]] = {
    "code": ("code", "pk"),
    "name": ("name", "pk"),
    "importance": ("-importance", "code", "pk"),
}
ALL = "all"


@dataclass(frozen=True)
class SiteFilter(Asked):
    """What a viewer asked of the register; each field is a parameter, empty when absent.

    `area` and `unit` mean the unit and all below it.
    """

    q: str = ""
    type: str = ""
    area: str = ""
    unit: str = ""
    state: str = SiteState.OPEN.value
    importance: str = ""
    marked: str = ""
    outside: str = ""
    sort: str = "code"

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything but the order was asked for."""
        return asdict(self) != {**asdict(SiteFilter()), "sort": self.sort}


def filtered_sites(actor: Actor, wanted: SiteFilter) -> QuerySet[Site]:
    """Return the visible sites that the filter keeps, in no order. One query beforehand when
    words are asked for."""
    sites = visible_sites(actor)
    if wanted.state in SiteState.values:
        sites = sites.filter(state=wanted.state)
    elif wanted.state != ALL:
        sites = sites.filter(state=SiteState.OPEN)
    if key := identifier(wanted.type):
        sites = sites.filter(site_type_id=key)
    if key := identifier(wanted.area):
        sites = sites.filter(area__in=_at_or_below(key))
    if key := identifier(wanted.unit):
        held = duties_in_force(clock.today()).filter(unit__in=_at_or_below(key))
        sites = sites.filter(pk__in=held.order_by().values("site_id"))
    if wanted.importance in map(str, Importance.values):
        sites = sites.filter(importance=int(wanted.importance))
    if wanted.marked:
        sites = sites.filter(is_demonstration=True)
    if wanted.outside:
        sites = sites.filter(is_outside=True)
    return matching(sites, words_of(wanted.q))


def list_of_sites(actor: Actor, wanted: SiteFilter) -> QuerySet[Site]:
    """Return the same, sorted, with type and area."""
    order = SORTS.get(wanted.sort, SORTS["code"])
    return filtered_sites(actor, wanted).select_related("site_type", "area").order_by(*order)


@dataclass
class SiteChoices:
    """What a viewer may choose from, by key and name."""

    types: list[tuple[uuid.UUID, str]]
    areas: list[tuple[uuid.UUID, str]]
    units: list[tuple[uuid.UUID, str]]


def choices_for(actor: Actor) -> SiteChoices:
    """Return the types, and the units in force that the viewer may see. One query."""
    types = SiteType.objects.order_by().annotate(
        place=F("position"), group=Value("type", output_field=CharField())
    )
    units = Unit.objects.filter(valid_until__isnull=True).order_by()
    if not actor.may_everywhere(Permission.VIEW_DISTRICT):
        units = units.filter(pk__in=units_within_reach(actor).values("descendant_id"))
    units = units.annotate(place=Value(0, output_field=IntegerField()), group=F("kind"))
    columns = ("pk", "name", "group", "place")
    rows: Any = types.values_list(*columns).union(units.values_list(*columns), all=True)
    found = SiteChoices([], [], [])
    for pk, name, group, _ in rows.order_by("place", "name"):
        if group == "type":
            found.types.append((pk, name))
        else:
            found.units.append((pk, name))
            if group in (UnitKind.STREET, UnitKind.COMMUNITY):
                found.areas.append((pk, name))
    return found


def _at_or_below(unit: uuid.UUID) -> QuerySet[Any, Any]:
    return UnitAncestry.objects.filter(ancestor_id=unit).values("descendant_id")
