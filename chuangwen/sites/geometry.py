"""The line of a street or route and the outline of a ground: read, measured, written. No database.

Stored as GeoJSON (LineString or Polygon without holes) in WGS-84.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from chuangwen.kit.errors import Invalid
from chuangwen.sites.coordinates import (
    DEGREE_METRES,
    Point,
    distance_metres,
    from_wgs84,
    read_degrees,
    require_in_china,
    to_wgs84,
)
from chuangwen.sites.enums import Datum

MOST_POINTS = 2_000
LONGEST_TEXT = 200_000
_BETWEEN_POINTS = re.compile(r"[;；\n]")
_EXAMPLE = "请写成“101.7101,26.5801; 101.7150,26.5840”的样子（经度在前），末点与首点相同即为面。"


@dataclass(frozen=True)
class Shape:
    """A line or ground with its measures; `middle` lies on it."""

    geojson: dict[str, Any]
    length_metres: float | None
    area_square_metres: float | None
    middle: Point


def read_shape(text: str, datum: Datum) -> Shape | None:
    """Read points “经度,纬度; 经度,纬度” or GeoJSON, both in `datum`; None when it is empty.

    Raises Invalid naming the field `geometry` and the point that is wrong.
    """
    written = text.strip()
    if not written:
        return None
    if len(written) > LONGEST_TEXT:
        raise Invalid(f"线或面最多 {MOST_POINTS} 个点。请简化后再填写。", field="geometry")
    points = _from_geojson(written) if written.startswith("{") else _from_pairs(written)
    if len(points) > MOST_POINTS:
        raise Invalid(
            f"线或面有 {len(points)} 个点，最多 {MOST_POINTS} 个。请简化后再填写。",
            field="geometry",
        )
    placed = []
    for number, point in enumerate(points, 1):
        try:
            placed.append(require_in_china(to_wgs84(point, datum)).rounded())
        except Invalid as error:
            raise Invalid(f"第 {number} 个点：{error.message}", field="geometry") from error
    return shape_of(placed)


def shape_of(points: Sequence[Point]) -> Shape:
    """Return the line through WGS-84 points, or the ground when the last is the first again."""
    if len(set(points)) < 2:
        raise Invalid("线至少要有两个不同的点。" + _EXAMPLE, field="geometry")
    if points[0] != points[-1]:
        length = sum(distance_metres(*leg) for leg in pairwise(points))
        return Shape(_geojson("LineString", points), length, None, _halfway(points, length))
    if len(set(points)) < 3:
        raise Invalid("面至少要有三个不同的点。" + _EXAMPLE, field="geometry")
    area, centre = _area_and_centre(points)
    if area < 1:
        raise Invalid("这些点围不成一个面。" + _EXAMPLE, field="geometry")
    middle = centre if contains(points, centre) else points[0]
    return Shape(_geojson("Polygon", points), None, area, middle.rounded())


def points_of(geojson: dict[str, Any]) -> list[Point]:
    """Return the points of a stored geometry, of a ground its outline."""
    places = geojson["coordinates"]
    return [Point(*place) for place in (places[0] if geojson["type"] == "Polygon" else places)]


def shape_text(geojson: dict[str, Any] | None, datum: Datum) -> str:
    """Return a stored geometry as `read_shape` reads it; empty for none."""
    points = [from_wgs84(point, datum) for point in points_of(geojson)] if geojson else []
    return "; ".join(f"{point.longitude:.7f},{point.latitude:.7f}" for point in points)


def in_datum(geojson: dict[str, Any], datum: Datum) -> dict[str, Any]:
    """Return a stored geometry with its points in `datum`."""
    kind = geojson["type"]
    return _geojson(kind, [from_wgs84(point, datum).rounded() for point in points_of(geojson)])


def contains(outline: Sequence[Point], point: Point) -> bool:
    """Tell whether a closed outline goes around the point (even-odd rule)."""
    inside = False
    for one, other in pairwise(outline):
        if (one.latitude > point.latitude) != (other.latitude > point.latitude):
            share = (point.latitude - one.latitude) / (other.latitude - one.latitude)
            if point.longitude < one.longitude + share * (other.longitude - one.longitude):
                inside = not inside
    return inside


def _geojson(kind: str, points: Iterable[Point]) -> dict[str, Any]:
    places = [[point.longitude, point.latitude] for point in points]
    return {"type": kind, "coordinates": [places] if kind == "Polygon" else places}


def _from_pairs(text: str) -> list[Point]:
    points = []
    for number, written in enumerate(filter(str.strip, _BETWEEN_POINTS.split(text)), 1):
        numbers = [one for one in re.split(r"[,，\s]+", written.strip()) if one]
        try:
            east, north = numbers
            points.append(
                Point(
                    read_degrees(east, of_longitude=True), read_degrees(north, of_longitude=False)
                )
            )
        except ValueError as error:
            what = f"第 {number} 个点“{written.strip()[:40]}”不是一对经纬度。"
            raise Invalid(what + _EXAMPLE, field="geometry") from error
        except Invalid as error:
            raise Invalid(f"第 {number} 个点：{error.message}", field="geometry") from error
    return points


def _from_geojson(text: str) -> list[Point]:
    try:
        found = json.loads(text)
        found = found.get("geometry", found)
        kind, places = found["type"], found["coordinates"]
        if kind == "Polygon":
            (places,) = places
        elif kind != "LineString":
            raise ValueError(kind)
        return [Point(_number(place[0]), _number(place[1])) for place in places]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise Invalid(
            "读不出这段 GeoJSON。请给出一个 LineString，或没有空洞的 Polygon。", field="geometry"
        ) from error


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def _halfway(points: Sequence[Point], length: float) -> Point:
    left = length / 2
    for one, other in pairwise(points):
        leg = distance_metres(one, other)
        if left <= leg:
            share = left / leg
            break
        left -= leg
    return Point(
        one.longitude + share * (other.longitude - one.longitude),
        one.latitude + share * (other.latitude - one.latitude),
    ).rounded()


def _area_and_centre(outline: Sequence[Point]) -> tuple[float, Point]:
    """Return the area and centroid by the shoelace formula, on the plane that touches there."""
    origin = outline[0]
    per_degree_east = DEGREE_METRES * math.cos(math.radians(origin.latitude))
    flat = [
        (
            (point.longitude - origin.longitude) * per_degree_east,
            (point.latitude - origin.latitude) * DEGREE_METRES,
        )
        for point in outline
    ]
    twice = east = north = 0.0
    for (x, y), (u, v) in pairwise(flat):
        cross = x * v - u * y
        twice += cross
        east += (x + u) * cross
        north += (y + v) * cross
    if not twice:
        return 0.0, origin
    centre = Point(
        origin.longitude + east / (3 * twice) / per_degree_east,
        origin.latitude + north / (3 * twice) / DEGREE_METRES,
    )
    return abs(twice) / 2, centre
