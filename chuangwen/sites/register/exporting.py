"""The register as rows of a file and as GeoJSON, in a datum that is named."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from chuangwen.kit import clock
from chuangwen.kit.samples import SAMPLE
from chuangwen.sites.coordinates import Point, from_wgs84, point_of
from chuangwen.sites.enums import Datum, Importance, SiteDutyKind, SiteState
from chuangwen.sites.geometry import in_datum, shape_text
from chuangwen.sites.models import Site
from chuangwen.sites.queries import duties_in_force
from chuangwen.sites.register.columns import Column, datum_name

Cell = str | int | float | Decimal | None
WITH_DATUM = (Column.LONGITUDE, Column.LATITUDE, Column.GEOMETRY)
FURTHER = ("状态", "演示数据")  # told by exports, passed by by imports
FIELDS = (
    "pk", "code", "name", "site_type__name", "area__name", "owner", "head_unit", "head", "address",
    "longitude", "latitude", "geometry", "length_metres", "area_square_metres", "telephone",
    "importance", "is_demonstration", "note", "state", "is_sample",
)  # fmt: skip
_STATES, _IMPORTANCE = dict(SiteState.choices), dict(Importance.choices)


def titles(datum: Datum) -> tuple[str, ...]:
    """Return the header: 经度（GCJ-02）."""
    named = tuple(
        f"{column.title}（{datum_name(datum)}）" if column in WITH_DATUM else column.title
        for column in Column
    )
    return (*named, *FURTHER)


def exported_rows(sites: QuerySet[Site], datum: Datum) -> Iterator[tuple[Cell, ...]]:
    """Yield one row a site, in the order of `titles`. One query, read piece by piece, which is
    made here and now: a download is read when the request, and its district, are over."""
    return _rows(_told(sites), datum)


def _rows(sites: Iterator[dict[str, Any]], datum: Datum) -> Iterator[tuple[Cell, ...]]:
    for site in sites:
        point = _point(site, datum)
        yield (
            site["code"], site["name"], site["site_type__name"], site["area__name"], site["owner"],
            site["head_unit"], site["head"] or None, site["address"] or None,
            point.longitude if point else None, point.latitude if point else None,
            shape_text(site["geometry"], datum) or None, site["length_metres"],
            site["area_square_metres"], site["telephone"] or None,
            str(_IMPORTANCE[site["importance"]]), "是" if site["is_demonstration"] else None,
            site["note"] or None, str(_STATES[site["state"]]),
            SAMPLE if site["is_sample"] else None,
        )  # fmt: skip


def geojson_parts(sites: QuerySet[Site], datum: Datum) -> Iterator[str]:
    """Yield a FeatureCollection piece by piece; `crs_name` names the datum, for the standard
    (RFC 7946) knows WGS-84 only."""
    return _parts(_told(sites), datum)


def _parts(sites: Iterator[dict[str, Any]], datum: Datum) -> Iterator[str]:
    head = {"type": "FeatureCollection", "crs_name": datum_name(datum)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    comma = ""
    for site in sites:
        yield comma + json.dumps(_feature(site, datum), ensure_ascii=False)
        comma = ",\n"
    yield "]}\n"


def _feature(site: dict[str, Any], datum: Datum) -> dict[str, Any]:
    point = _point(site, datum)
    geometry = None
    if site["geometry"]:
        geometry = in_datum(site["geometry"], datum)
    elif point:
        geometry = {"type": "Point", "coordinates": list(point)}
    properties = {
        "点位编号": site["code"],
        "名称": site["name"],
        "点位类型": site["site_type__name"],
        "所属街道或社区": site["area__name"],
        "主管单位": site["owner"],
        "地址": site["address"],
        "重要程度": str(_IMPORTANCE[site["importance"]]),
        "示范点位": site["is_demonstration"],
        "状态": str(_STATES[site["state"]]),
        "坐标系": datum_name(datum),
        "演示数据": site["is_sample"],
    }
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def told(sites: QuerySet[Site]) -> QuerySet[Site]:
    """Return the sites with the names of those who answer for them today."""
    held = duties_in_force(clock.today()).filter(site=OuterRef("pk")).order_by()
    owner, head = (
        held.filter(kind=kind).values(*names)[:1]
        for kind, names in (
            (SiteDutyKind.OWNER, ["unit__name"]),
            (SiteDutyKind.SITE_HEAD, ["unit__name"]),
        )
    )
    holder = held.filter(kind=SiteDutyKind.SITE_HEAD).values("holder")[:1]
    return sites.annotate(owner=Subquery(owner), head_unit=Subquery(head), head=Subquery(holder))


def _told(sites: QuerySet[Site]) -> Iterator[dict[str, Any]]:
    rows: Iterator[dict[str, Any]] = told(sites).values(*FIELDS).iterator(chunk_size=2_000)
    return rows


def _point(site: dict[str, Any], datum: Datum) -> Point | None:
    stored = point_of(site["longitude"], site["latitude"])
    return stored and from_wgs84(stored, datum).rounded()
