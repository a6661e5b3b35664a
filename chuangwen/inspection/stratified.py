"""The share of all sites that passes, from a stratified sample: each stratum by its own weight.

A stratum of which one site in three was tested speaks for more sites than one of which all were.
Formulas: Cochran, Sampling Techniques (1977), chapter 5: p = Σ Wₕ·pₕ with Wₕ = Nₕ/N (5.52), and
v(p) = Σ Wₕ²·(1 − nₕ/Nₕ)·pₕ(1 − pₕ)/(nₕ − 1), the estimate of (5.54) with its finite correction.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from chuangwen.inspection.precision import Interval, quantile

LEAST = 2  # of one site nobody can tell how far another would differ
MOST_NAMED = 5


@dataclass(frozen=True)
class Layer:
    """A stratum: how many sites it has, how many were tested, how many of those passed."""

    name: str
    population: int
    tested: int
    passed: int


@dataclass(frozen=True)
class Weighting:
    """The weighted share with its interval, from 0 to 1; or the reason why there is none.

    Without an `interval` beside a share every stratum was of one kind, so that nothing tells how
    far the untested differ.
    """

    share: float | None = None
    interval: Interval | None = None
    reason: str = ""


def weighted_share(layers: Sequence[Layer], confidence: int = 95) -> Weighting:
    """Return the share of all sites that passes. A layer tested whole has no error to add."""
    layers = [one for one in layers if one.population > 0]
    thin = [one for one in layers if one.tested < min(LEAST, one.population)]
    if thin or not layers:
        return Weighting(reason=_too_thin(thin))
    whole = sum(one.population for one in layers)
    share = variance = 0.0
    for one in layers:
        weight, passed = one.population / whole, one.passed / one.tested
        share += weight * passed
        if one.tested < one.population:
            left = 1 - one.tested / one.population
            variance += weight**2 * left * passed * (1 - passed) / (one.tested - 1)
    if all(one.tested >= one.population for one in layers):
        return Weighting(share, Interval(share, share))
    if variance == 0:
        return Weighting(share)
    half = quantile(confidence) * math.sqrt(variance)
    return Weighting(share, Interval(max(0.0, share - half), min(1.0, share + half)))


def _too_thin(layers: Sequence[Layer]) -> str:
    if not layers:
        return "抽样记录中没有分层"
    names = "、".join(one.name for one in layers[:MOST_NAMED])
    more = "等" if len(layers) > MOST_NAMED else ""
    return f"有{len(layers)}层已测不足{LEAST}个（{names}{more}）"
