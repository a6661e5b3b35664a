"""What the clauses demand of indicators, side by side, ready to print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chuangwen.framework.enums import Operator
from chuangwen.framework.models import Indicator
from chuangwen.plan.models import IndicatorDemand
from chuangwen.web.framework.wording import quantity


@dataclass(frozen=True)
class DemandLine:
    """One clause: what it demands, and whether the definition follows it."""

    demand: IndicatorDemand
    required: str
    rules: bool


def lines_of(indicator: Indicator, demands: Iterable[IndicatorDemand]) -> list[DemandLine]:
    """Return the clauses of one indicator; those that the definition follows are marked."""
    return [
        DemandLine(demand, required_text(demand), follows(indicator, demand)) for demand in demands
    ]


def differ(lines: Sequence[DemandLine]) -> bool:
    """Tell whether the clauses that still hold demand different things."""
    held = [line for line in lines if line.demand.retired_on is None]
    return len({line.rules for line in held}) > 1


def follows(indicator: Indicator, demand: IndicatorDemand) -> bool:
    """Tell whether the definition is what this clause demands."""
    same = (indicator.operator, indicator.value) == (demand.operator, demand.value)
    return same or demand.text == indicator.text


def required_text(demand: IndicatorDemand) -> str:
    """≥ 90%; a clause without a number demands what its words say."""
    if demand.value is None:
        return "按原文"
    sign = Operator(demand.operator).label if demand.operator else ""
    return f"{sign} {quantity(demand.value, demand.unit)}".strip()
