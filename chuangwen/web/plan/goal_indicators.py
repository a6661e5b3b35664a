"""The indicators that an action or a goal area demands, each with its light and gap to target."""

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.framework.queries.indicators import visible_indicators
from chuangwen.framework.queries.standings import facts_of
from chuangwen.framework.standings import standings_of
from chuangwen.kit.errors import NotFound
from chuangwen.people.permissions import Permission
from chuangwen.plan.branches import KINDS
from chuangwen.plan.demands import demands_under
from chuangwen.plan.models import IndicatorDemand
from chuangwen.web.framework.cards import IndicatorRow, row_of
from chuangwen.web.framework.demands import required_text
from chuangwen.web.framework.summary import counts_of
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load


@dataclass(frozen=True)
class DemandedLine:
    """What one clause demands, and how the indicator stands if the viewer may see that."""

    demand: IndicatorDemand
    required: str
    row: IndicatorRow | None


@page(may=(Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT))
def show_goal_indicators(request: ActorRequest, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Send the clauses of an action or area with lights; a piece of its page, fetched by it."""
    if kind not in {"action", "area"}:
        raise NotFound("没有找到您要的内容。请从行动或领域的页面查看指标。")
    load(KINDS[kind]._default_manager.all(), pk)
    demands = list(demands_under(kind, pk))
    chosen = visible_indicators(request.actor).filter(
        pk__in={demand.indicator_id for demand in demands}
    )
    standings = standings_of(facts_of(request.actor, chosen).values())
    rows = {key: row_of(standing) for key, standing in standings.items()}
    named = {demand.indicator_id for demand in demands}
    context = {
        "lines": [
            DemandedLine(demand, required_text(demand), rows.get(demand.indicator_id))
            for demand in demands
        ],
        "counts": counts_of([each for key, each in standings.items() if key in named]),
    }
    return render(request, "plan/_goal_indicators.html", context)
