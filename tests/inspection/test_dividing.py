"""Sites among pairs."""

import random
from collections import Counter

from chuangwen.inspection.dividing import Task, divide, hilbert


def field(number: int) -> dict[int, Task]:
    lots = random.Random(3)  # noqa: S311 - places of a test
    return {
        key: Task(f"{key:04}", (lots.uniform(101.6, 101.8), lots.uniform(26.5, 26.7)))
        for key in range(number)
    }


def anybody(site, pair):
    return True


def test_numbers_are_even_and_near_sites_stay_together():
    tasks = field(100)
    given_, refused = divide(tasks, ["甲", "乙", "丙"], anybody)
    assert refused == []
    assert sorted(Counter(given_.values()).values()) == [33, 33, 34]
    spread = [
        max(tasks[key].place[axis] for key in given_ if given_[key] == pair)
        - min(tasks[key].place[axis] for key in given_ if given_[key] == pair)
        for pair in ("甲", "乙", "丙")
        for axis in (0, 1)
    ]
    assert sum(spread) < 0.85 * 6 * 0.2  # thrown together at random they would span everything


def test_nobody_gets_a_site_that_he_may_not_visit_and_numbers_stay_even():
    tasks = field(40)
    given_, refused = divide(
        tasks, ["甲", "乙"], lambda site, pair: not (pair == "甲" and site < 15)
    )
    assert refused == []
    assert all(given_[site] == "乙" for site in range(15))
    assert sorted(Counter(given_.values()).values()) == [20, 20]


def test_a_site_that_no_pair_may_visit_is_told():
    given_, refused = divide(field(3), ["甲"], lambda site, pair: site != 1)
    assert refused == [1]
    assert set(given_) == {0, 2}


def test_the_second_visit_is_another_pairs():
    tasks = field(20)
    first, _ = divide(tasks, ["甲", "乙"], anybody)
    second, refused = divide(tasks, ["甲", "乙"], anybody, first_pair=first)
    assert refused == []
    assert all(second[key] != first[key] for key in tasks)
    alone, refused = divide(tasks, ["甲"], anybody, first_pair=dict.fromkeys(tasks, "甲"))
    assert (alone, len(refused)) == ({}, 20)


def test_sites_without_a_place_are_divided_too():
    tasks = {key: Task(f"{key}", None) for key in range(7)}
    given_, _ = divide(tasks, ["甲", "乙"], anybody)
    assert sorted(Counter(given_.values()).values()) == [3, 4]


def test_without_pairs_nothing_is_given():
    assert divide(field(2), [], anybody) == ({}, [0, 1])


def test_neighbours_on_the_curve_touch():
    cells = {hilbert(x, y, 4): (x, y) for x in range(16) for y in range(16)}
    assert sorted(cells) == list(range(256))
    for along in range(255):
        (x, y), (u, v) = cells[along], cells[along + 1]
        assert abs(x - u) + abs(y - v) == 1
