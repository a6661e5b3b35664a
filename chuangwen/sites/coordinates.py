"""Longitudes and latitudes: as typed, in which datum, how far apart. No database here.

Stored are WGS-84 degrees. CGCS2000 and WGS-84 differ by centimetres to decimetres, far less than a
site is wide, and are taken as equal. GCJ-02, which Chinese web maps show, is WGS-84 shifted by up
to 700 m by a public formula; it has no published inverse, so that is iterated.
"""

import math
import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from chuangwen.kit.errors import Invalid
from chuangwen.sites.enums import Datum

EARTH_RADIUS_METRES = 6_371_008.8  # mean radius (IUGG)
DEGREE_METRES = math.radians(1) * EARTH_RADIUS_METRES  # of a great circle
DECIMALS = 7  # a centimetre
# The Krasovsky ellipsoid, on which the formula of GCJ-02 is written.
_SEMI_MAJOR, _ECCENTRICITY_SQUARED = 6_378_245.0, 0.006_693_421_622_965_943_23
# Where the formula shifts at all.
_SHIFTED_LONGITUDES, _SHIFTED_LATITUDES = (72.004, 137.8347), (0.8293, 55.8271)
# The territory's extremes, islands included, with a margin.
LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
_ENOUGH_DEGREES = 1e-9

_SIGNS = {
    "+": 1, "-": -1, "E": 1, "W": -1, "N": 1, "S": -1,
    "东经": 1, "西经": -1, "北纬": 1, "南纬": -1,
}  # fmt: skip
_OF_LONGITUDE = {"E", "W", "东经", "西经"}
_HEMISPHERE = "东经|西经|北纬|南纬|[EWNS]"
_DEGREES = re.compile(
    rf"(?P<before>{_HEMISPHERE})?[:\s]*"
    r"(?P<sign>[+-]?)(?P<degrees>\d{1,3}(?:\.\d+)?)\s*"
    r"(?:[°度:\s]\s*(?P<minutes>\d{1,2}(?:\.\d+)?)\s*"
    r"(?:['′分:\s]\s*(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:\"|''|′′|秒)?)?"
    rf"['′分]?)?[°度]?\s*(?P<after>{_HEMISPHERE})?"
)
_PLAIN = str.maketrans({"º": "°", "˚": "°", "’": "'", "‘": "'", "”": '"', "“": '"', "：": ":"})


class Point(NamedTuple):
    """Degrees, east and north positive."""

    longitude: float
    latitude: float

    def rounded(self) -> "Point":
        """Return the point as it is stored: to a centimetre."""
        return Point(round(self.longitude, DECIMALS), round(self.latitude, DECIMALS))


def point_of(longitude: Decimal | None, latitude: Decimal | None) -> Point | None:
    """Return a pair of stored degrees as a point; None where either is unknown."""
    if longitude is None or latitude is None:
        return None
    return Point(float(longitude), float(latitude))


def to_wgs84(point: Point, datum: Datum) -> Point:
    """Return a point of `datum` in WGS-84; exact to a millimetre for GCJ-02."""
    return _unshifted(point) if datum == Datum.GCJ02 else point


def from_wgs84(point: Point, datum: Datum) -> Point:
    """Return a WGS-84 point in `datum`."""
    return _shifted(point) if datum == Datum.GCJ02 else point


def distance_metres(one: Point, other: Point) -> float:
    """Return the distance on the sphere (haversine): within 0.6 % of the ellipsoid's."""
    north, other_north = math.radians(one.latitude), math.radians(other.latitude)
    half_east = math.radians(other.longitude - one.longitude) / 2
    half_chord = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin(half_east) ** 2
    )
    return 2 * EARTH_RADIUS_METRES * math.asin(math.sqrt(min(1.0, half_chord)))


def metres_between(one: Point | None, other: Point | None) -> float | None:
    """Return the distance, None where either place is unknown."""
    return None if one is None or other is None else distance_metres(one, other)


def read_point(longitude: str, latitude: str, datum: Datum) -> Point | None:
    """Read a typed pair and return it in WGS-84; None when both are empty.

    Raises Invalid, naming the field: for one without the other, what is no degrees, a swapped
    pair, and a place outside China.
    """
    texts = longitude.strip(), latitude.strip()
    if not any(texts):
        return None
    if not all(texts):
        field = "latitude" if texts[0] else "longitude"
        raise Invalid("经度和纬度须同时填写，或都留空。", field=field)
    east = read_degrees(texts[0], of_longitude=True)
    north = read_degrees(texts[1], of_longitude=False)
    return require_in_china(to_wgs84(Point(east, north), datum)).rounded()


def read_degrees(text: str, *, of_longitude: bool) -> float:
    """Read 101.71873, 101°43′7.4″, 101度43分7.4秒, E101:43:07.4 or 东经101°43.12′ as degrees.

    Raises Invalid when it is none of these, minutes or seconds reach 60, or the hemisphere is
    that of the other axis.
    """
    label, field = ("经度", "longitude") if of_longitude else ("纬度", "latitude")
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).strip().upper()
    found = _DEGREES.fullmatch(plain)
    signs = [found[one] for one in ("before", "sign", "after") if found[one]] if found else []
    if found is None or len(signs) > 1:
        example = "101.71873 或 101°43′7.4″" if of_longitude else "26.58734 或 26°35′14.4″"
        raise Invalid(f"“{text[:30]}”不是{label}。请写成 {example} 的样子。", field=field)
    sign = signs[0] if signs else "+"
    if sign not in "+-" and (sign in _OF_LONGITUDE) != of_longitude:
        raise Invalid(f"“{text[:30]}”不是{label}。经度和纬度可能填反了，请对调。", field=field)
    return _SIGNS[sign] * _unsigned(found, text, label, field)


def require_in_china(point: Point) -> Point:
    """Return a WGS-84 point unchanged. Raises Invalid when it is swapped or outside China."""
    if _within(point):
        return point
    if _within(Point(point.latitude, point.longitude)):
        raise Invalid(
            f"经度 {point.longitude:.5f}、纬度 {point.latitude:.5f} 填反了。请对调。",
            field="longitude",
        )
    raise Invalid(
        f"经度 {point.longitude:.5f}、纬度 {point.latitude:.5f} 不在中国境内。"
        f"经度应在 {LONGITUDES[0]:.0f}～{LONGITUDES[1]:.0f}，"
        f"纬度应在 {LATITUDES[0]:.0f}～{LATITUDES[1]:.0f}，请核对。",
        field="longitude",
    )


def _unsigned(found: re.Match[str], text: str, label: str, field: str) -> float:
    minutes, seconds = (float(found[name] or 0) for name in ("minutes", "seconds"))
    if max(minutes, seconds) >= 60:
        raise Invalid(f"{label}“{text[:30]}”的分、秒须小于 60。请核对。", field=field)
    whole = ("degrees", "minutes", "seconds")
    given = [found[name] for name in whole if found[name] is not None]
    if any("." in one for one in given[:-1]):
        raise Invalid(
            f"{label}“{text[:30]}”里度、分、秒只有最后一个可以带小数。请核对。", field=field
        )
    return float(found["degrees"]) + minutes / 60 + seconds / 3600


def _within(point: Point) -> bool:
    return (
        LONGITUDES[0] <= point.longitude <= LONGITUDES[1]
        and LATITUDES[0] <= point.latitude <= LATITUDES[1]
    )


def _unshifted(point: Point) -> Point:
    """Invert the shift by fixed-point iteration: each step shrinks the error a thousandfold."""
    guess = point
    for _ in range(10):
        back = _shifted(guess)
        east, north = point.longitude - back.longitude, point.latitude - back.latitude
        guess = Point(guess.longitude + east, guess.latitude + north)
        if max(abs(east), abs(north)) < _ENOUGH_DEGREES:
            break
    return guess


def _shifted(point: Point) -> Point:
    if not (
        _SHIFTED_LONGITUDES[0] <= point.longitude <= _SHIFTED_LONGITUDES[1]
        and _SHIFTED_LATITUDES[0] <= point.latitude <= _SHIFTED_LATITUDES[1]
    ):
        return point
    east, north = point.longitude - 105.0, point.latitude - 35.0
    latitude = math.radians(point.latitude)
    flattening = 1 - _ECCENTRICITY_SQUARED * math.sin(latitude) ** 2
    per_metre_north = 180.0 / (
        math.pi * _SEMI_MAJOR * (1 - _ECCENTRICITY_SQUARED) / flattening**1.5
    )
    per_metre_east = 180.0 / (math.pi * _SEMI_MAJOR / math.sqrt(flattening) * math.cos(latitude))
    return Point(
        point.longitude + _metres_east(east, north) * per_metre_east,
        point.latitude + _metres_north(east, north) * per_metre_north,
    )


def _waves(x: float, *terms: tuple[float, float]) -> float:
    """Return two thirds of a sum of sines: each term is (amplitude, divisor of x·π)."""
    return sum(size * math.sin(x * math.pi / part) for size, part in terms) * 2 / 3


def _metres_east(east: float, north: float) -> float:
    curve = 300 + east + 2 * north + 0.1 * east**2 + 0.1 * east * north
    curve += 0.1 * math.sqrt(abs(east))
    return (
        curve
        + _waves(east, (20, 1 / 6), (20, 1 / 2))
        + _waves(east, (20, 1), (40, 3))
        + _waves(east, (150, 12), (300, 30))
    )


def _metres_north(east: float, north: float) -> float:
    curve = -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north
    curve += 0.2 * math.sqrt(abs(east))
    return (
        curve
        + _waves(east, (20, 1 / 6), (20, 1 / 2))
        + _waves(north, (20, 1), (40, 3))
        + _waves(north, (160, 12), (320, 30))
    )
