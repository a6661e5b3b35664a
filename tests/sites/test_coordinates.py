"""Coordinates: as people type them, and between the datums that their maps show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.kit.errors import Invalid
from chuangwen.sites.coordinates import (
    LATITUDES,
    LONGITUDES,
    Point,
    distance_metres,
    from_wgs84,
    read_degrees,
    read_point,
    to_wgs84,
)
from chuangwen.sites.enums import Datum

IN_CHINA = st.builds(Point, st.floats(*LONGITUDES), st.floats(*LATITUDES))
SQUARE = Point(101.71873, 26.58734)  # 东区 of 攀枝花

# WGS-84 → GCJ-02 as several independent implementations of the public formula agree.
KNOWN = [
    (Point(121.5272106, 31.1774276), Point(121.531541859215, 31.17530398364597)),
    (Point(113.912316, 22.543847), Point(113.9171764808363, 22.540796131694766)),
    (Point(116.377817, 39.911954), Point(116.38404722455657, 39.91334545536069)),
]


@pytest.mark.parametrize(("wgs84", "gcj02"), KNOWN)
def test_the_public_formula_gives_the_known_places(wgs84, gcj02):
    assert distance_metres(from_wgs84(wgs84, Datum.GCJ02), gcj02) < 0.001
    assert distance_metres(to_wgs84(gcj02, Datum.GCJ02), wgs84) < 0.01


@given(IN_CHINA)
def test_there_and_back_is_the_same_place(place):
    back = to_wgs84(from_wgs84(place, Datum.GCJ02), Datum.GCJ02)
    assert distance_metres(back, place) < 0.01


@given(IN_CHINA)
def test_gcj02_is_some_hundred_metres_off(place):
    assert 5 < distance_metres(from_wgs84(place, Datum.GCJ02), place) < 1500


@given(IN_CHINA)
def test_cgcs2000_is_taken_as_wgs84(place):
    assert to_wgs84(place, Datum.CGCS2000) == place == from_wgs84(place, Datum.CGCS2000)


def test_abroad_nothing_is_shifted():
    paris = Point(2.2945, 48.8584)
    assert from_wgs84(paris, Datum.GCJ02) == paris


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        (SQUARE, SQUARE, 0),
        (Point(101, 26), Point(101, 27), 111_195),  # a degree of latitude
        (Point(101, 26), Point(102, 26), 99_941),  # of longitude, shorter by cos 26°
    ],
)
def test_distances(one, other, metres):
    assert distance_metres(one, other) == pytest.approx(metres, rel=1e-4)


@given(IN_CHINA, IN_CHINA)
def test_distance_is_the_same_both_ways(one, other):
    assert distance_metres(one, other) == pytest.approx(distance_metres(other, one), abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "101.7187222", " +101.7187222 ", "１０１．７１８７２２２", "101.7187222°", "101°43′7.4″",
        "101° 43' 7.4\"", "101°43’7.4”", "101度43分7.4秒", "101度43分7.4", "101:43:07.4",
        "101：43：07.4", "101 43 7.4", "E101°43′7.4″", "101°43′7.4″e", "东经101°43′7.4″",
        "101°43.12333'", "101º43′7.4''", "东经 101.7187222",
    ],
)  # fmt: skip
def test_degrees_are_read_as_people_write_them(text):
    assert read_degrees(text, of_longitude=True) == pytest.approx(101.7187222, abs=1e-5)


@given(IN_CHINA)
def test_what_is_written_in_degrees_minutes_and_seconds_is_read_back(place):
    degrees = int(place.latitude)
    minutes = int((place.latitude - degrees) * 60)
    seconds = (place.latitude - degrees - minutes / 60) * 3600
    if f"{seconds:.4f}" < "60":
        written = f"{degrees}°{minutes}′{max(seconds, 0):.4f}″"
        assert read_degrees(written, of_longitude=False) == pytest.approx(place.latitude, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "不是经度"), ("约101", "不是经度"), ("101,7", "不是经度"), ("1e2", "不是经度"),
        ("nan", "不是经度"), ("1017187222", "不是经度"), ("10171", "不是经度"),
        ("--101", "不是经度"), ("E-101", "不是经度"), ("101°43′7.4″ 3", "不是经度"),
        ("101°61′0″", "小于 60"), ("101°1′60″", "小于 60"), ("101.5°30′", "小数"),
        ("N101.5", "填反"), ("北纬26°", "填反"),
    ],
)  # fmt: skip
def test_what_is_no_longitude_is_refused_in_words(text, said):
    with pytest.raises(Invalid, match=said) as refused:
        read_degrees(text, of_longitude=True)
    assert refused.value.field == "longitude"


def test_a_pair_is_read_into_wgs84():
    on_the_map = from_wgs84(SQUARE, Datum.GCJ02)
    typed = str(on_the_map.longitude), str(on_the_map.latitude)
    found = read_point(*typed, Datum.GCJ02)
    assert distance_metres(found, SQUARE) < 0.02
    assert distance_metres(read_point(*typed, Datum.WGS84), SQUARE) > 100


@pytest.mark.parametrize(
    ("longitude", "latitude", "said"),
    [
        ("101.7", "", "同时填写"),
        ("", "26.6", "同时填写"),
        ("26.58734", "101.71873", "填反"),
        ("2.2945", "48.8584", "不在中国"),
        ("0", "0", "不在中国"),
        ("-101.7", "26.6", "不在中国"),
        ("101.7", "南纬26.6", "不在中国"),
        ("181", "95", "不在中国"),
    ],
)
def test_a_pair_that_cannot_be_is_refused_in_words(longitude, latitude, said):
    with pytest.raises(Invalid, match=said):
        read_point(longitude, latitude, Datum.WGS84)


def test_no_pair_is_no_place():
    assert read_point(" ", "", Datum.GCJ02) is None
