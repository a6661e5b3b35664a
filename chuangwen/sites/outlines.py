"""Boundaries as a GeoJSON file gives them: read, checked as a whole, simplified. No database."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from chuangwen.kit.errors import Invalid, Problems
from chuangwen.sites.coordinates import Point, require_in_china, to_wgs84
from chuangwen.sites.enums import Datum

LARGEST = 10 * 2**20
MOST_FEATURES, MOST_POINTS, MOST_SHOWN = 500, 50_000, 4_000
LONGEST_NAME = 100
FINEST_STEP = 0.00001  # degrees: a metre
# What a file may name besides WGS-84 itself: longitude and latitude, never metres of a projection.
GEOGRAPHIC = ("CRS84", "4326", "4490", "WGS84", "CGCS2000")
BROKEN = {
    "Self-intersection": "边线自相交",
    "Ring Self-intersection": "边线与自己相接",
    "Hole lies outside shell": "空洞不在外圈之内",
    "Holes are nested": "空洞套着空洞",
    "Nested shells": "一个面套着另一个面",
    "Interior is disconnected": "面的内部被空洞隔断",
    "Duplicate Rings": "有两圈完全相同",
    "Too few points in geometry component": "点太少，围不成面",
}


@dataclass(frozen=True)
class Outline:
    """A feature of the file: its properties as texts, and its ground in WGS-84."""

    properties: dict[str, str]
    ground: BaseGeometry


def read_outlines(data: bytes, datum: Datum) -> list[Outline]:
    """Return the features of a file. Raises ImportRefused naming every bad one and its place."""
    features = _features(data)
    problems, found, points = Problems(), [], 0
    for number, feature in enumerate(features, 1):
        reader = _Reader(_place(number, feature), datum, problems)
        ground = reader.ground(feature)
        points += reader.points
        if ground is not None:
            found.append(Outline(_texts(feature), ground))
    if points > MOST_POINTS:
        what = f"共有 {points} 个点，最多 {MOST_POINTS} 个。"
        problems.add("文件", what, "请先在制图软件中简化边线。")
    problems.raise_if_any()
    if not name_properties(found):
        what = "没有一个属性可以作名称：须每个要素都有、不重复、不超过 100 字。"
        problems.add("文件", what, "请在制图软件中补上名称后重新导出。")
    problems.raise_if_any()
    return found


def name_properties(outlines: Sequence[Outline]) -> dict[str, list[str]]:
    """Return the properties that can serve as names, each with all its values."""
    found = {}
    for key in outlines[0].properties if outlines else ():
        values = [outline.properties.get(key, "") for outline in outlines]
        is_name = all(values) and len(set(values)) == len(values)
        if is_name and max(map(len, values)) <= LONGEST_NAME:
            found[key] = values
    return found


def simplified(grounds: Sequence[BaseGeometry], most: int = MOST_SHOWN) -> list[BaseGeometry]:
    """Return the grounds with so few points that a map may have all of them at once."""
    step, shown = FINEST_STEP, list(grounds)
    while sum(shapely.get_num_coordinates(shown)) > most and step < 1:
        shown = list(shapely.simplify(grounds, step, preserve_topology=True))
        step *= 2
    return shown


def as_geojson(ground: BaseGeometry, decimals: int) -> dict[str, Any]:
    """Return a ground as it is stored."""

    def rounded(places: Any) -> Any:
        if isinstance(places[0], float | int):
            return [round(one, decimals) for one in places]
        return [rounded(one) for one in places]

    plain = mapping(ground)
    return {"type": plain["type"], "coordinates": rounded(plain["coordinates"])}


def _features(data: bytes) -> list[Any]:
    if not data:
        raise Invalid("文件是空的。请重新选择文件。", field="file")
    if len(data) > LARGEST:
        raise Invalid(f"文件超过 {LARGEST // 2**20} MB。请先简化边线。", field="file")
    try:
        found = json.loads(data.decode("utf-8-sig"))
        kind = found.get("type")
        features = {"FeatureCollection": found.get("features"), "Feature": [found]}[kind]
        crs = found.get("crs")
        named = str(crs["properties"]["name"]) if crs else ""
        if not isinstance(features, list):
            raise TypeError(features)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Invalid(
            "读不出这个文件。请给出 GeoJSON（UTF-8，FeatureCollection）。", field="file"
        ) from error
    if named and not named.upper().replace("-", "").endswith(GEOGRAPHIC):
        raise Invalid(
            f"文件的坐标参考系是“{named[:60]}”，不是经纬度。请转换为经纬度后重新导出。",
            field="file",
        )
    if not features:
        raise Invalid("文件里没有要素。请导出边界所在的图层。", field="file")
    if len(features) > MOST_FEATURES:
        what = f"文件里有 {len(features)} 个要素，最多 {MOST_FEATURES} 个。请只留下区、街道和社区。"
        raise Invalid(what, field="file")
    return features


class _Reader:
    """Reads one feature; what is wrong goes into `problems`."""

    def __init__(self, place: str, datum: Datum, problems: Problems) -> None:
        self.place, self.datum, self.problems = place, datum, problems
        self.points = 0

    def ground(self, feature: Any) -> BaseGeometry | None:
        """Return the ground in WGS-84; None when it is bad."""
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
            told = f"是“{str(kind)[:20]}”，不是面。" if kind else "没有图形。"
            self.problems.add(self.place, told, "请只导出 Polygon 或 MultiPolygon。")
            return None
        parts = geometry.get("coordinates")
        if not isinstance(parts, list) or not parts:
            self.problems.add(self.place, "没有坐标。", "请重新导出。")
            return None
        before = len(self.problems.found)
        grounds = [
            self._polygon(part, number)
            for number, part in enumerate([parts] if kind == "Polygon" else parts, 1)
        ]
        if len(self.problems.found) > before:
            return None
        whole = [one for one in grounds if one is not None]
        ground = whole[0] if kind == "Polygon" else MultiPolygon(whole)
        return ground if self._is_sound(ground) else None

    def _polygon(self, rings: Any, number: int) -> Polygon | None:
        if not isinstance(rings, list) or not rings:
            self.problems.add(f"{self.place}第 {number} 个面", "没有坐标。", "请重新导出。")
            return None
        read = [
            self._ring(ring, f"{self.place}第 {number} 个面第 {turn} 圈")
            for turn, ring in enumerate(rings, 1)
        ]
        closed = [ring for ring in read if ring is not None]
        return Polygon(closed[0], closed[1:]) if len(closed) == len(rings) else None

    def _ring(self, ring: Any, place: str) -> list[Point] | None:
        found: list[Point] = []
        for number, raw in enumerate(ring if isinstance(ring, list) else [], 1):
            try:
                found.append(self._point(raw))
            except Invalid as error:
                self.problems.add(f"{place}第 {number} 个点", error.message)
                return None
        self.points += len(found)
        if len(found) < 4 or len(set(found)) < 3:
            self.problems.add(
                place, f"只有 {len(set(found))} 个不同的点，围不成面。", "请补全边线。"
            )
        elif found[0] != found[-1]:
            self.problems.add(place, "没有闭合，末点不是首点。", "请让末点与首点相同。")
        else:
            return found
        return None

    def _point(self, raw: Any) -> Point:
        numbers = raw[:2] if isinstance(raw, list) and len(raw) >= 2 else ()
        is_plain = len(numbers) == 2 and all(
            isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one)
            for one in numbers
        )
        if not is_plain:
            raise Invalid("不是一对经纬度。请写成 [101.71, 26.58]。")
        return require_in_china(to_wgs84(Point(*map(float, numbers)), self.datum)).rounded()

    def _is_sound(self, ground: BaseGeometry) -> bool:
        reason = str(shapely.is_valid_reason(ground))
        if reason == "Valid Geometry":
            return True
        what, _, where = reason.partition("[")
        near = "、".join(f"{float(one):.5f}" for one in where.rstrip("]").split()[:2])
        told = BROKEN.get(what.strip(), "图形不合法")
        remedy = "请在制图软件中修复图形后重新导出。"
        self.problems.add(self.place, f"{told}，在 {near} 附近。" if near else f"{told}。", remedy)
        return False


def _place(number: int, feature: Any) -> str:
    first = next(iter(_texts(feature).values()), "") if isinstance(feature, dict) else ""
    return f"第 {number} 个要素" + (f"（{first[:20]}）" if first else "")


def _texts(feature: dict[str, Any]) -> dict[str, str]:
    properties = feature.get("properties")
    return dict(_scalars(properties)) if isinstance(properties, dict) else {}


def _scalars(properties: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in properties.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = " ".join(str(value).split())
            if text and 0 < len(key) <= 100:
                yield key, text
