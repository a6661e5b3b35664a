"""The weighted rate of a stratified sample, against worked values."""

import random

import pytest

from chuangwen.inspection.precision import quantile
from chuangwen.inspection.stratified import Layer, weighted_share

# Scheaffer, Mendenhall and Ott, Elementary Survey Sampling, chapter 5: 310 households in two towns
# and a rural area; p = 0.60, v(p) = 0.0045.
TOWNS = (Layer("甲", 155, 20, 16), Layer("乙", 62, 8, 2), Layer("丙", 93, 12, 6))


def test_the_worked_example_of_the_textbook():
    found = weighted_share(TOWNS)
    assert found.share == pytest.approx(0.60)
    half = (found.interval.high - found.interval.low) / 2
    assert (half / quantile(95)) ** 2 == pytest.approx(0.0045483, abs=1e-6)
    assert not found.reason


def test_the_weights_are_those_of_the_register_and_not_of_the_sample():
    # 90 sites of which 10 were tested and all passed; 10 of which all were tested and none passed.
    found = weighted_share([Layer("多", 90, 10, 10), Layer("少", 10, 10, 0)])
    assert found.share == pytest.approx(0.9)  # the sample itself says 50 %
    assert found.interval is None, "nothing tells how the other 80 differ"


def test_a_layer_tested_whole_adds_no_error():
    one, other = Layer("全测", 5, 5, 2), Layer("抽测", 40, 10, 6)
    found = weighted_share([one, other])
    half = (found.interval.high - found.interval.low) / 2 / quantile(95)
    assert half**2 == pytest.approx((40 / 45) ** 2 * (1 - 10 / 40) * 0.6 * 0.4 / 9)


def test_all_tested_is_a_point():
    found = weighted_share([Layer("甲", 1, 1, 1), Layer("乙", 3, 3, 0)])
    assert (found.share, found.interval.low, found.interval.high) == (0.25, 0.25, 0.25)


@pytest.mark.parametrize("tested", [0, 1])
def test_a_layer_of_which_too_few_were_tested_is_named(tested):
    found = weighted_share([Layer("主次干道", 30, tested, tested), Layer("农贸市场", 8, 4, 2)])
    assert found.share is None
    assert found.interval is None
    assert found.reason == "有1层已测不足2个（主次干道）"


def test_the_interval_covers_the_truth_as_often_as_it_says():
    chance = random.Random(2021)  # noqa: S311 - drawn again the same way
    truth = {"甲": [True] * 120 + [False] * 80, "乙": [True] * 30 + [False] * 70}
    rate = 150 / 300
    covered = 0
    for _ in range(400):
        layers = []
        for name, number in (("甲", 40), ("乙", 40)):
            drawn = chance.sample(truth[name], number)
            layers.append(Layer(name, len(truth[name]), number, sum(drawn)))
        bounds = weighted_share(layers).interval
        covered += bounds.low <= rate <= bounds.high
    assert 0.91 <= covered / 400 <= 0.985
