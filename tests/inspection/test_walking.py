"""Walking orders."""

import math
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuangwen.inspection.walking import path_metres, walking_order

WEST = (101.70, 26.58)
PLACES = st.tuples(st.floats(101.6, 101.8), st.floats(26.5, 26.7))


def test_places_on_a_line_are_walked_along_it():
    line = [(101.70 + 0.001 * step, 26.58) for step in (3, 0, 4, 1, 2)]
    assert walking_order(line) == [1, 3, 4, 0, 2]


def test_a_crossing_is_untangled():
    """Nearest neighbour alone jumps between the two rows and walks a third farther."""
    upper = [(101.70 + 0.001 * step, 26.5810) for step in range(6)]
    lower = [(101.7002 + 0.0013 * step, 26.5800) for step in range(6)]
    order = walking_order([*upper, *lower])
    shortest = path_metres([*upper, *lower], [*range(6), *range(11, 5, -1)])
    assert path_metres([*upper, *lower], order) <= shortest * 1.001


def test_metres_are_those_of_the_ground():
    one_minute_north = [WEST, (WEST[0], WEST[1] + 1 / 60)]
    assert path_metres(one_minute_north, [0, 1]) == pytest.approx(1853, rel=0.001)
    east = [WEST, (WEST[0] + 1 / 60, WEST[1])]
    expected = 1853 * math.cos(math.radians(WEST[1]))
    assert path_metres(east, [0, 1]) == pytest.approx(expected, rel=0.001)


@settings(max_examples=50, deadline=None)
@given(st.lists(PLACES, max_size=25))
def test_every_place_is_walked_once_and_no_reversal_makes_it_shorter(places):
    order = walking_order(places)
    assert sorted(order) == list(range(len(places)))
    length = path_metres(places, order)
    for first in range(len(order)):
        for last in range(first + 1, len(order)):
            turned = order[:first] + order[first : last + 1][::-1] + order[last + 1 :]
            assert path_metres(places, turned) >= length - 1e-3


def test_one_and_none():
    assert walking_order([]) == []
    assert walking_order([WEST]) == [0]


def test_a_thousand_sites_for_one_pair_take_seconds_at_most():
    lots = random.Random(7)  # noqa: S311 - places of a test
    places = [(lots.uniform(101.6, 101.8), lots.uniform(26.5, 26.7)) for _ in range(1000)]
    begun = time.process_time()
    order = walking_order(places)
    assert time.process_time() - begun < 15
    assert path_metres(places, order) < 0.93 * math.sqrt(1000 * 19_890 * 22_239)
