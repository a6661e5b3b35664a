"""The weighted rate of a round whose sample was drawn by strata."""

from django.db.models import Count, Q

from chuangwen.inspection.enums import Sampling, VisitState
from chuangwen.inspection.models import Round, Visit
from chuangwen.inspection.stratified import Layer, Weighting, weighted_share

# Sites are grouped for it, which boards must not do for any number of them; reports may.
MOST_ON_A_BOARD = 5_000


def weighting_of(within: Round) -> Weighting | None:
    """Return the rate by strata; None where the sample was not drawn so, or changed by hand.

    One query over the visits that count, and none over their answers.
    """
    strata = within.drawing.get("strata", [])
    if within.sampling != Sampling.STRATIFIED or within.drawing.get("by_hand") or not strata:
        return None
    visits = Visit.objects.filter(round=within, state=VisitState.COUNTED, passed__isnull=False)
    rows = visits.order_by().values("round_site__stratum").annotate(
        tested=Count("pk"), good=Count("pk", filter=Q(passed=True))
    )  # fmt: skip
    found = {row["round_site__stratum"]: (row["tested"], row["good"]) for row in rows}
    return weighted_share(
        [
            Layer(one["stratum"], int(one["population"]), *found.get(one["stratum"], (0, 0)))
            for one in strata
        ]
    )


def weighting_on_a_board(within: Round) -> Weighting | None:
    """Return the same for a page that is read often; None for a sample too large for that."""
    drawn = int(within.drawing.get("drawn", 0))
    return weighting_of(within) if drawn <= MOST_ON_A_BOARD else None
