"""The order in which a pair walks its sites: nearest neighbour, then 2-opt, on metres.

Pure functions on longitudes and latitudes. An open path: nobody has to come back. A routing
service would know the streets, but it would have to be there, on an intranet; within a district
the straight line orders sites nearly as well.
"""

import itertools
import math
from collections.abc import Sequence

from chuangwen.sites.coordinates import DEGREE_METRES

Place = tuple[float, float]  # longitude, latitude
Spot = tuple[float, float]  # metres east and north
MOST_PASSES = 30
EXACT_UP_TO = 400  # beyond, only pieces of the path as long as the window are reversed
WINDOW = 100


def walking_order(places: Sequence[Place]) -> list[int]:
    """Return the places' numbers in walking order, beginning at the most western one.

    The same places in the same order always give the same path.
    """
    if len(places) < 2:
        return list(range(len(places)))
    spots = on_the_plane(places)
    return _untangled(spots, _nearest_first(spots))


def path_metres(places: Sequence[Place], order: Sequence[int]) -> float:
    """Return the length of the path in this order."""
    spots = on_the_plane(places)
    return sum(math.dist(spots[a], spots[b]) for a, b in itertools.pairwise(order))


def on_the_plane(places: Sequence[Place]) -> list[Spot]:
    """Return metres east and north: a district is flat to a thousandth."""
    if not places:
        return []
    middle = math.radians(sum(north for _, north in places) / len(places))
    narrower = DEGREE_METRES * math.cos(middle)
    return [(east * narrower, north * DEGREE_METRES) for east, north in places]


def _nearest_first(spots: Sequence[Spot]) -> list[int]:
    left = set(range(len(spots)))
    order = [min(left, key=lambda number: (spots[number], number))]
    left.remove(order[0])
    while left:
        here = spots[order[-1]]
        order.append(min(left, key=lambda number: (math.dist(here, spots[number]), number)))
        left.remove(order[-1])
    return order


def _untangled(spots: Sequence[Spot], order: list[int]) -> list[int]:
    """Reverse pieces of the path for as long as that makes it shorter."""
    window = len(order) if len(order) <= EXACT_UP_TO else WINDOW
    for _ in range(MOST_PASSES):
        if not _one_pass(spots, order, window):
            break
    return order


def _one_pass(spots: Sequence[Spot], order: list[int], window: int) -> bool:
    shorter = False
    for first in range(len(order) - 1):
        for last in range(first + 1, min(len(order), first + window)):
            if _gain(spots, order, first, last) > 1e-6:
                order[first : last + 1] = order[first : last + 1][::-1]
                shorter = True
    return shorter


def _gain(spots: Sequence[Spot], order: list[int], first: int, last: int) -> float:
    """Return the metres saved by reversing a piece; at an end of the path one edge alone moves."""
    start, end = spots[order[first]], spots[order[last]]
    gain = 0.0
    if first > 0:
        before = spots[order[first - 1]]
        gain += math.dist(before, start) - math.dist(before, end)
    if last < len(order) - 1:
        after = spots[order[last + 1]]
        gain += math.dist(end, after) - math.dist(start, after)
    return gain
