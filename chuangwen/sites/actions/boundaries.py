"""The district's boundaries: a file is checked, put in force under chosen names, or taken away."""

from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.files.actions.storing import store_file
from chuangwen.files.stores import configured_store
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import resolve_names
from chuangwen.sites.actions.holding import required_reason
from chuangwen.sites.enclosing import mark_sites
from chuangwen.sites.enums import BoundaryState, Datum
from chuangwen.sites.models import Boundary, BoundaryFile

MOST_VALUES = 5
DECIMALS, DECIMALS_SHOWN = 7, 5
AREA_KINDS = (UnitKind.STREET, UnitKind.COMMUNITY)


def receive_boundaries(*, name: str, data: bytes, datum: Datum, by: Actor) -> BoundaryFile:
    """Check a file and keep it until its names are chosen; one that waited before goes.

    Raises ImportRefused naming every bad feature, and Invalid for what is no GeoJSON; nothing is
    kept then.
    """
    from chuangwen.sites.outlines import name_properties, read_outlines  # noqa: PLC0415 - shapely

    by.require(Permission.MANAGE_SITES)
    outlines = read_outlines(data, datum)
    properties = name_properties(outlines)
    original = store_file(content=data, name=name, any_kind=True, by=by)
    with transaction.atomic():
        BoundaryFile.objects.filter(state=BoundaryState.CHECKED).delete()
        taken = BoundaryFile.objects.create(
            name=name[:200] or "边界.geojson",
            size=len(data),
            original=original,
            datum=Datum(datum).value,
            count=len(outlines),
            properties={key: values[:MOST_VALUES] for key, values in properties.items()},
        )
        record(by=by, verb="boundary.received", on=taken, sha256=original.sha256)
    return taken


@transaction.atomic
def apply_boundaries(*, taken: BoundaryFile, name_property: str, by: Actor) -> BoundaryFile:
    """Put a checked file in force under the names of a property; the one before is replaced.

    Raises IllegalTransition when it is not waiting, and Invalid for another property. All sites
    are told anew whether they lie outside.
    """
    by.require(Permission.MANAGE_SITES)
    locked = _locked(taken)
    if locked.state != BoundaryState.CHECKED:
        raise IllegalTransition(
            f"“{locked.name}”当前为“{locked.get_state_display()}”，不能启用。请刷新页面查看。"
        )
    if name_property not in locked.properties:
        raise Invalid("请选择名称所在的属性。", field="name_property")
    former = _retire(BoundaryState.REPLACED)
    locked.state, locked.name_property = BoundaryState.IN_FORCE, name_property
    locked.applied_at = clock.now()
    locked.save(update_fields=["state", "name_property", "applied_at"])
    Boundary.objects.bulk_create(_boundaries(locked), batch_size=200)
    mark_sites()
    entries = [Entry("boundary.replaced", one, {"successor": locked.name}) for one in former]
    sha256 = locked.original.sha256
    change = {"sha256": sha256, "number": locked.count, "property": name_property}
    record_all(by=by, entries=[*entries, Entry("boundary.applied", locked, change)])
    return locked


@transaction.atomic
def remove_boundaries(*, taken: BoundaryFile, reason: str, by: Actor) -> BoundaryFile:
    """Take the file in force away; sites lie outside of nothing then. Raises Invalid without a
    reason, and IllegalTransition when it is not in force."""
    by.require(Permission.MANAGE_SITES)
    why = required_reason(reason)
    locked = _locked(taken)
    if locked.state != BoundaryState.IN_FORCE:
        raise IllegalTransition(
            f"“{locked.name}”当前为“{locked.get_state_display()}”，不必撤下。请刷新页面查看。"
        )
    _retire(BoundaryState.REMOVED)
    mark_sites()
    record(by=by, verb="boundary.removed", on=locked, reason=why)
    locked.refresh_from_db()
    return locked


def _locked(taken: BoundaryFile) -> BoundaryFile:
    rows = BoundaryFile.objects.select_for_update(of=("self",)).select_related("original")
    return rows.get(pk=taken.pk)


def _retire(state: BoundaryState) -> list[BoundaryFile]:
    """End what is in force: its file stays, its boundaries can be read from it again."""
    former = list(BoundaryFile.objects.select_for_update().filter(state=BoundaryState.IN_FORCE))
    keys = [one.pk for one in former]
    Boundary.objects.filter(file__in=keys).delete()
    BoundaryFile.objects.filter(pk__in=keys).update(state=state)
    return former


def _boundaries(taken: BoundaryFile) -> list[Boundary]:
    from chuangwen.sites.outlines import (  # noqa: PLC0415 - shapely
        as_geojson,
        read_outlines,
        simplified,
    )

    with configured_store().open(taken.original.key) as file:
        outlines = read_outlines(file.read(), Datum(taken.datum))
    names = [outline.properties[taken.name_property] for outline in outlines]
    units = resolve_names(names)
    shown = simplified([outline.ground for outline in outlines])
    found = []
    for position, (name, outline, few) in enumerate(zip(names, outlines, shown, strict=True)):
        middle = outline.ground.representative_point()
        found.append(
            Boundary(
                file=taken, position=position, name=name, area=_area(units[name].unit),
                geometry=as_geojson(outline.ground, DECIMALS),
                shown=as_geojson(few, DECIMALS_SHOWN),
                longitude=round(middle.x, DECIMALS), latitude=round(middle.y, DECIMALS),
            )
        )  # fmt: skip
    return found


def _area(unit: Unit | None) -> Unit | None:
    return unit if unit is not None and unit.kind in AREA_KINDS else None
