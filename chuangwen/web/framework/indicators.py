"""The indicators with their traffic lights, and one indicator with its trend."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.framework.enums import IndicatorKind
from chuangwen.framework.models import Indicator
from chuangwen.framework.queries.indicators import (
    NOBODY,
    basis_of,
    reported_by,
    reporting_units,
    search,
    visible_indicators,
)
from chuangwen.framework.queries.standings import board, facts_of
from chuangwen.framework.standings import standings_of
from chuangwen.kit.errors import NotFound
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.plan.demands import demands_of
from chuangwen.web.framework.cards import IndicatorCard, row_of
from chuangwen.web.framework.demands import differ, lines_of
from chuangwen.web.framework.summary import LEVELS
from chuangwen.web.gate import ActorRequest, page

READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)


@page(may=READ)
def list_indicators(request: ActorRequest) -> HttpResponse:
    """List indicators with their lights; filters: words, kind, level, who reports."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    level, unit = request.GET.get("level", ""), request.GET.get("unit", "")
    chosen = search(visible_indicators(request.actor), words=words, kind=kind)
    chosen = reported_by(chosen, unit)
    found = board(request.actor, chosen, level=level, after=request.GET.get("after", ""))
    filters = {"q": words, "kind": kind, "level": level, "unit": unit}
    following = urlencode(filters | {"after": found.following}) if found.following else ""
    context = {
        "rows": [row_of(standing) for standing in found.standings],
        "kinds": IndicatorKind.choices,
        "levels": LEVELS,
        "units": [(NOBODY, "未确定"), *_named(reporting_units(request.actor))],
        "filters": filters,
        "parameters": urlencode({key: value for key, value in filters.items() if value}),
        "is_filtered": any(filters.values()),
        "following": f"?{following}" if following else "",
        "may_manage": request.actor.may(Permission.MANAGE_FRAMEWORK),
    }
    return render(request, "framework/indicators.html", context)


@page(may=READ)
def show_indicator(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an indicator: what is demanded, how it stands, its trend; or what was reported."""
    facts = facts_of(
        request.actor, visible_indicators(request.actor).filter(pk=pk), all_periods=True
    )
    if pk not in facts:
        raise NotFound("没有找到这个指标。可能已被删除，或不由您的单位填报。")
    standing = standings_of(facts.values())[pk]
    card = IndicatorCard(request.actor, facts[pk], standing, request.GET.get("unit", ""))
    context = {
        "card": card,
        "indicator": standing.indicator,
        "row": row_of(standing),
        "tells_records": bool(request.GET.get("records")),
        "may_manage": request.actor.may(Permission.MANAGE_FRAMEWORK),
        "may_review": request.actor.may(Permission.REVIEW_INDICATORS),
    }
    if not context["tells_records"]:
        context |= _grounds(request, standing.indicator)
    return render(request, "framework/indicator.html", context)


def _named(units: QuerySet[Unit]) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in units.values_list("pk", "name")]


def _grounds(request: ActorRequest, indicator: Indicator) -> dict[str, Any]:
    """Return every clause that speaks of an indicator, and the standards that it measures."""
    demands = lines_of(indicator, demands_of(indicator))
    shown = {line.demand.clause for line in demands}
    basis = basis_of(indicator, request.actor)
    return {
        "demands": demands,
        "demands_differ": differ(demands),
        "basis": [each for each in basis if each.standard_id or each.source not in shown],
    }
