"""What was tested of each stratum of a round, and the weighted rate, from the kept counts."""

from dataclasses import dataclass

from chuangwen.inspection.enums import Dimension, Sampling
from chuangwen.inspection.models import ResultTally, Round
from chuangwen.inspection.stratified import Layer, Weighting, weighted_share
from chuangwen.inspection.tallies import stratum_key


@dataclass(frozen=True)
class TestedStratum:
    """A stratum as it was drawn, and what was tested of it."""

    name: str
    population: int
    drawn: int
    tested: int
    passed: int


def strata_of(within: Round) -> list[TestedStratum]:
    """Return the strata of a round's drawing in its order. One query, over counts alone."""
    drawn = within.drawing.get("strata", [])
    if not drawn:
        return []
    rows = ResultTally.objects.filter(round=within, dimension=Dimension.STRATUM)
    found = {key: numbers for key, *numbers in rows.values_list("holder_id", "tested", "passed")}
    return [
        TestedStratum(
            one["stratum"],
            int(one["population"]),
            int(one["wanted"]),
            *found.get(stratum_key(one["stratum"]), (0, 0)),
        )
        for one in drawn
    ]


def weighting_of(within: Round) -> Weighting | None:
    """Return the rate by strata; None where the sample was not drawn so, or changed by hand.

    One query, which costs what there are strata, however many sites they have.
    """
    strata = within.drawing.get("strata", [])
    if within.sampling != Sampling.STRATIFIED or within.drawing.get("by_hand") or not strata:
        return None
    return weighted_share(
        [Layer(one.name, one.population, one.tested, one.passed) for one in strata_of(within)]
    )
