"""How sure a share is that was found in a part of all: sample size and interval.

Both know the finite population: of 40 sites, 30 tell nearly everything. Formulas: Cochran,
Sampling Techniques (1977), 4.4–4.5; Wilson's score interval with n/(1−f) in place of n.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from chuangwen.kit.errors import Invalid

CONFIDENCES = (90, 95, 99)


@dataclass(frozen=True)
class Interval:
    """Bounds of a share, from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True)
class WantedPrecision:
    """What a size is reckoned from: ± `margin` percentage points at `confidence` percent.

    `expected` is the share that one expects; 50 % asks for the largest sample.
    """

    margin: float = 5.0
    confidence: int = 95
    expected: float = 50.0

    def __post_init__(self) -> None:
        """Refuse what has no answer."""
        if not 0 < self.margin < 50:
            raise Invalid("允许误差须在 0 到 50 个百分点之间，如 5。", field="margin")
        if self.confidence not in CONFIDENCES:
            raise Invalid("置信度只能是 90%、95% 或 99%。", field="confidence")
        if not 0 < self.expected < 100:
            raise Invalid("预计达标率须在 0 到 100 之间；没有把握时填 50。", field="expected")


def quantile(confidence: int) -> float:
    """Return how many standard deviations a two-sided confidence takes: 1.96 for 95 percent."""
    return NormalDist().inv_cdf(0.5 + confidence / 200)


def sample_size(population: int, wanted: WantedPrecision) -> int:
    """Return how many of `population` give the wanted precision, with finite correction."""
    if population <= 0:
        return 0
    share, margin = wanted.expected / 100, wanted.margin / 100
    endless = quantile(wanted.confidence) ** 2 * share * (1 - share) / margin**2
    size = endless / (1 + (endless - 1) / population)
    return max(1, min(population, math.ceil(size - 1e-9)))


def sizes_by_stratum(populations: Mapping[str, int], wanted: WantedPrecision) -> dict[str, int]:
    """Return the size that gives the wanted precision in every stratum by itself."""
    return {name: sample_size(number, wanted) for name, number in populations.items()}


def wilson(passed: int, tested: int, population: int, confidence: int = 95) -> Interval | None:
    """Return the interval of a share; None when nothing was tested.

    Who tested all knows the share: the interval is a point then. `population` below `tested`
    counts as all tested.
    """
    if tested <= 0:
        return None
    share = passed / tested
    if population <= tested:
        return Interval(share, share)
    # The variance shrinks by (N − n) / (N − 1), as if so many more had been tested.
    effective = tested * (population - 1) / (population - tested)
    squared = quantile(confidence) ** 2
    denominator = 1 + squared / effective
    centre = (share + squared / (2 * effective)) / denominator
    spread = share * (1 - share) / effective + squared / (4 * effective**2)
    half = math.sqrt(squared * spread) / denominator
    return Interval(max(0.0, centre - half), min(1.0, centre + half))
