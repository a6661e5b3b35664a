"""Streets, routes and grounds: points as people give them, with their measures."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.kit.errors import Invalid
from chuangwen.sites.coordinates import Point, distance_metres
from chuangwen.sites.enums import Datum
from chuangwen.sites.geometry import contains, in_datum, points_of, read_shape, shape_of, shape_text

STREET = "101.7000,26.5800; 101.7100,26.5800；101.7100 26.5900"
SQUARE = "101.70,26.58; 101.71,26.58; 101.71,26.59; 101.70,26.59; 101.70,26.58"


def test_a_street_is_a_line_with_its_length_and_its_middle():
    street = read_shape(STREET, Datum.WGS84)
    assert street.geojson["type"] == "LineString"
    assert street.length_metres == pytest.approx(994.4 + 1111.9, rel=1e-3)
    assert street.area_square_metres is None
    assert street.middle.longitude == 101.71  # a little up the second leg
    assert 26.5800 < street.middle.latitude < 26.5806


def test_a_ground_is_what_comes_back_to_its_first_point():
    ground = read_shape(SQUARE, Datum.WGS84)
    assert ground.geojson["type"] == "Polygon"
    assert ground.area_square_metres == pytest.approx(994.4 * 1111.9, rel=1e-3)
    assert ground.length_metres is None
    assert distance_metres(ground.middle, Point(101.705, 26.585)) < 1


def test_the_middle_of_a_bent_ground_is_still_on_it():
    bent = [
        Point(101.70, 26.58), Point(101.75, 26.58), Point(101.75, 26.581), Point(101.701, 26.581),
        Point(101.701, 26.63), Point(101.70, 26.63), Point(101.70, 26.58),
    ]  # fmt: skip
    assert shape_of(bent).middle in bent


def test_geojson_is_read_too():
    street = {"type": "LineString", "coordinates": [[101.70, 26.58], [101.71, 26.58]]}
    for written in (street, {"type": "Feature", "properties": {}, "geometry": street}):
        assert read_shape(json.dumps(written), Datum.WGS84).geojson == street


@given(st.lists(st.tuples(st.floats(101.6, 101.9), st.floats(26.4, 26.7)), min_size=2, max_size=9),
       st.sampled_from(Datum))  # fmt: skip
def test_what_is_written_is_read_back_in_every_datum(places, datum):
    points = [Point(*place).rounded() for place in places]
    if len(set(points)) < 2 or points[0] == points[-1]:
        return
    line = shape_of(points)
    again = read_shape(shape_text(line.geojson, datum), datum)
    for one, other in zip(points_of(again.geojson), points, strict=True):
        assert distance_metres(one, other) < 0.05
    assert in_datum(line.geojson, Datum.WGS84) == line.geojson


def test_inside_and_outside():
    square = points_of(read_shape(SQUARE, Datum.WGS84).geojson)
    assert contains(square, Point(101.705, 26.585))
    assert not contains(square, Point(101.72, 26.585))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("101.7,26.5", "两个不同的点"),
        ("101.7,26.5; 101.7,26.5", "两个不同的点"),
        ("101.7,26.5; 101.8,26.5; 101.7,26.5", "三个不同的点"),
        ("101.7,26.5; 101.8,26.5; 101.9,26.5; 101.7,26.5", "围不成"),
        ("101.7,26.5; 某路口", "第 2 个点“某路口”不是一对经纬度"),
        ("101.7,26.5; 101.8", "第 2 个点"),
        ("101.7,26.5; 26.5,101.8", "第 2 个点：.*填反"),
        ("101.7,26.5; 2.3,48.8", "第 2 个点：.*不在中国"),
        ("{", "GeoJSON"),
        ("{}", "GeoJSON"),
        ('{"type": "Point", "coordinates": [101.7, 26.5]}', "GeoJSON"),
        ('{"type": "LineString", "coordinates": [["a", 1], [2, 3]]}', "GeoJSON"),
        ('{"type": "LineString", "coordinates": [[NaN, 1], [2, 3]]}', "GeoJSON"),
        ('{"type": "LineString", "coordinates": [101.7, 26.5]}', "GeoJSON"),
        ('{"geometry": null}', "GeoJSON"),
        ("; ".join(["101.7,26.5"] * 2001), "最多 2000"),
        ("1" * 200_001, "最多 2000"),
    ],
)
def test_what_is_no_line_is_refused_in_words(text, said):
    with pytest.raises(Invalid, match=said) as refused:
        read_shape(text, Datum.WGS84)
    assert refused.value.field == "geometry"


def test_no_text_is_no_line():
    assert read_shape("  ", Datum.WGS84) is None
