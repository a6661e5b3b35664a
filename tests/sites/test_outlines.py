"""A file of boundaries: every bad feature is named with its place, and nothing else is taken."""

import json
import math

import pytest
import shapely

from chuangwen.kit.errors import ImportRefused, Invalid
from chuangwen.sites.coordinates import Point, distance_metres, from_wgs84
from chuangwen.sites.enums import Datum
from chuangwen.sites.outlines import (
    MOST_POINTS,
    name_properties,
    read_outlines,
    simplified,
)

WEST, SOUTH = 101.70, 26.50


def square(west=WEST, south=SOUTH, size=0.1):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(*rings, name="东区", kind="Polygon", **properties):
    coordinates = list(rings) if kind == "Polygon" else [list(rings)]
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"名称": name, **properties}, "geometry": geometry}


def file_of(*features, **more) -> bytes:
    whole = {"type": "FeatureCollection", "features": list(features), **more}
    return json.dumps(whole, ensure_ascii=False).encode()


def problems_of(data, datum=Datum.WGS84) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        read_outlines(data, datum)
    return [str(problem) for problem in refused.value.problems]


def test_polygons_and_parts_with_holes_are_read():
    hole = square(WEST + 0.02, SOUTH + 0.02, 0.02)
    whole, parts = read_outlines(
        file_of(feature(square(), hole), feature(square(101.9), kind="MultiPolygon", name="飞地")),
        Datum.WGS84,
    )
    assert whole.ground.area == pytest.approx(0.01 - 0.0004)
    assert (parts.ground.geom_type, parts.properties) == ("MultiPolygon", {"名称": "飞地"})


def test_another_datum_is_brought_into_wgs84_as_coordinates_of_sites_are():
    shifted = [list(from_wgs84(Point(*place), Datum.GCJ02)) for place in square()]
    (outline,) = read_outlines(file_of(feature(shifted)), Datum.GCJ02)
    first = Point(*outline.ground.exterior.coords[0])
    assert distance_metres(first, Point(WEST, SOUTH)) < 0.02


BOW = [[101.7, 26.5], [101.8, 26.6], [101.8, 26.5], [101.7, 26.6], [101.7, 26.5]]
OPEN = [*square()[:4], [101.7, 26.51]]
BAD = [
    (feature(BOW), "第 1 个要素（东区）：边线自相交，在 101.75000、26.55000 附近。"),
    (feature(OPEN), "第 1 个要素（东区）第 1 个面第 1 圈：没有闭合"),
    (feature(square()[:2] + square()[:1]), "第 1 个面第 1 圈：只有 2 个不同的点"),
    (feature([[*one[::-1]] for one in square()]), "第 1 个点：经度 26.50000、纬度 101.70000 填反"),
    (feature(square(2.3, 48.8)), "第 1 个点：经度 2.30000、纬度 48.80000 不在中国境内"),
    (feature([["101", 26.5]] * 5), "第 1 个点：不是一对经纬度"),
    (feature([[101.7]] * 5), "第 1 个点：不是一对经纬度"),
    (feature([[math.nan, 26.5]] * 5), "第 1 个点：不是一对经纬度"),
    (feature(square(), square(103.0)), "空洞不在外圈之内"),
    (feature(), "没有坐标"),
    (feature([]), "第 1 圈：只有 0 个不同的点"),
    ({"type": "Feature", "properties": None, "geometry": None}, "第 1 个要素：没有图形"),
    ({"type": "Feature", "geometry": {"type": "Point", "coordinates": []}}, "是“Point”，不是面"),
    ("东区", "第 1 个要素：没有图形"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "told"), BAD, ids=[told[-20:] for _, told in BAD])
def test_a_bad_feature_is_named_with_its_place(bad, told):
    (problem,) = problems_of(file_of(bad))
    assert told in problem


def test_all_bad_features_are_named_at_once():
    data = file_of(feature(BOW, name="甲"), feature(square(), name="乙"), feature(OPEN, name="丙"))
    found = problems_of(data)
    assert [problem.split("）")[0] for problem in found] == ["第 1 个要素（甲", "第 3 个要素（丙"]


def test_too_many_points_are_refused():
    step = 2 * math.pi / (MOST_POINTS + 2)
    ring = [
        [101.7 + math.cos(n * step) / 20, 26.5 + math.sin(n * step) / 20]
        for n in range(MOST_POINTS + 2)
    ]
    (problem,) = problems_of(file_of(feature([*ring, ring[0]])))
    assert f"最多 {MOST_POINTS} 个" in problem


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空的"),
        (b"not json", "读不出"),
        (b"[1]", "读不出"),
        (b"\xff\xfe{}", "读不出"),
        (b"[" * 100_000, "读不出"),
        (b'{"type": "Topology"}', "读不出"),
        (b'{"type": "FeatureCollection", "features": {}}', "读不出"),
        (file_of(), "没有要素"),
        (file_of(*[feature(square())] * 501), "最多 500 个"),
        (file_of(feature(square()), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}),
         "EPSG::4547”，不是经纬度"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_file_of_boundaries_says_so(data, told):
    with pytest.raises(Invalid, match=told):
        read_outlines(data, Datum.WGS84)


def test_a_geographic_reference_is_taken():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(read_outlines(file_of(feature(square()), crs=crs), Datum.WGS84)) == 1


def test_only_full_and_distinct_properties_can_be_names():
    found = read_outlines(
        file_of(
            feature(square(), name="甲", 代码=510402, 类别="街道", 空=""),
            feature(square(101.9), name="乙", 代码=510403, 类别="街道", 空="有"),
        ),
        Datum.WGS84,
    )
    assert name_properties(found) == {"名称": ["甲", "乙"], "代码": ["510402", "510403"]}


def test_a_file_without_names_is_refused():
    (problem,) = problems_of(file_of(feature(square()), feature(square(101.9))))
    assert "没有一个属性可以作名称" in problem


def test_a_map_gets_few_points_near_the_true_ones():
    step = 2 * math.pi / 20_000
    ring = [
        (101.7 + math.cos(n * step) / 20, 26.5 + math.sin(n * step) / 20) for n in range(20_000)
    ]
    ground = shapely.Polygon([*ring, ring[0]])
    (few,) = simplified([ground], most=500)
    assert 50 < shapely.get_num_coordinates(few) <= 500
    assert few.symmetric_difference(ground).area < ground.area / 1000
    assert simplified([few], most=500) == [few]
