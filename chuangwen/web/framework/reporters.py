"""Choosing who reports many indicators: the chosen ones → units → what will be → done."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from chuangwen.framework.actions.reporting_units import assign_reporters
from chuangwen.framework.models import Indicator
from chuangwen.framework.queries.indicators import (
    open_today,
    visible_indicators,
    visible_reporters,
)
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import open_on, visible_units
from chuangwen.plan.reporter_hints import ReporterHint, reporter_hints
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load_ticked, posted_day

MOST = 500
Pair = tuple[Indicator, Unit]


@dataclass(frozen=True)
class Choice:
    """One unit that the documents suggest for one indicator."""

    value: str
    hint: ReporterHint
    ticked: bool


@dataclass(frozen=True)
class Line:
    """One chosen indicator: who reports it now, and whom the documents suggest."""

    indicator: Indicator
    held: tuple[str, ...]
    choices: tuple[Choice, ...]


@page("GET", "POST", may=Permission.MANAGE_FRAMEWORK)
def assign(request: ActorRequest) -> HttpResponse:
    """Show the chosen indicators with suggested units; show what will be; make it so."""
    given = request.POST if request.method == "POST" else request.GET
    indicators = _chosen(request, given)
    context: dict[str, Any] = {"back": given.get("back", ""), "indicators": indicators}
    if request.method == "GET":
        return render(request, "framework/reporters.html", context | _form(request, indicators))
    try:
        pairs, passed = _pairs(request, indicators)
        day = posted_day(request, "valid_from", "起")
        if request.POST.get("step") == "apply":
            assign_reporters(pairs=pairs, valid_from=day, by=request.actor)
            return _done(request, pairs)
    except Invalid as error:
        context |= _form(request, indicators) | {"problem": error.message}
        return render(request, "framework/reporters.html", context, status=422)
    context |= {"pairs": _by_indicator(pairs), "passed": passed, "day": day, "count": len(pairs)}
    return render(request, "framework/reporters_preview.html", context)


def _chosen(request: ActorRequest, given: QueryDict) -> list[Indicator]:
    visible = visible_indicators(request.actor)
    return load_ticked(visible, given, "indicator", noun="指标", measure="个", most=MOST)


def _form(request: ActorRequest, indicators: Sequence[Indicator]) -> dict[str, Any]:
    """Return the lines and the units to choose from, ticked as posted. Leads of an indicator that
    nobody reports are ticked at first."""
    today = clock.today()
    posted = set(request.POST.getlist("pair")) if request.method == "POST" else None
    hints = reporter_hints([each.pk for each in indicators], today)
    held = _held(request, indicators)
    lines = []
    for indicator in indicators:
        own = held.get(indicator.pk, {})
        choices = []
        for hint in hints.get(indicator.pk, ()):
            if hint.unit.pk in own:
                continue
            value = f"{indicator.pk}:{hint.unit.pk}"
            ticked = not own and hint.leads if posted is None else value in posted
            choices.append(Choice(value, hint, ticked))
        lines.append(Line(indicator, tuple(own.values()), tuple(choices)))
    units = open_on(visible_units(request.actor), today).order_by("kind", "name")
    grouped = groupby(units, key=lambda unit: unit.kind)
    return {
        "lines": lines,
        "groups": [(UnitKind(kind).label, list(rows)) for kind, rows in grouped],
        "for_all": set(request.POST.getlist("unit")),
        "valid_from": request.POST.get("valid_from", today.isoformat()),
    }


def _held(
    request: ActorRequest, indicators: Sequence[Indicator]
) -> dict[uuid.UUID, dict[uuid.UUID, str]]:
    rows = open_today(visible_reporters(request.actor)).filter(indicator__in=indicators)
    held: dict[uuid.UUID, dict[uuid.UUID, str]] = {}
    for row in rows.order_by("unit__name"):
        held.setdefault(row.indicator_id, {})[row.unit_id] = row.unit.name
    return held


def _pairs(request: ActorRequest, indicators: Sequence[Indicator]) -> tuple[list[Pair], int]:
    """Return what is to be added in the order of the list, and how many pairs hold already.

    Raises Invalid when nothing is left, or for a unit that is none.
    """
    known = {str(each.pk): each for each in indicators}
    for_all = request.POST.getlist("unit")
    wanted = {f"{key}:{unit}" for key in known for unit in for_all}
    wanted |= set(request.POST.getlist("pair"))
    try:
        keys = {(known[left], uuid.UUID(right)) for left, _, right in map(_parted, wanted)}
    except (KeyError, ValueError) as error:
        raise Invalid("页面内容不完整。请返回列表重新勾选。") from error
    units = visible_units(request.actor).in_bulk({key for _, key in keys})
    if len(units) != len({key for _, key in keys}):
        raise Invalid("所选单位中有的已不存在。请刷新页面后重选。")
    held = _held(request, indicators)
    pairs = [
        (indicator, units[key]) for indicator, key in keys if key not in held.get(indicator.pk, {})
    ]
    if not pairs:
        raise Invalid("没有要新增的填报单位。请为指标勾选单位，已在填报的不用再选。")
    order = {each.pk: place for place, each in enumerate(indicators)}
    pairs.sort(key=lambda pair: (order[pair[0].pk], pair[1].kind, pair[1].name))
    return pairs, len(keys) - len(pairs)


def _parted(value: str) -> tuple[str, str, str]:
    return value.partition(":")


def _by_indicator(pairs: Sequence[Pair]) -> list[tuple[Indicator, list[Unit]]]:
    grouped = groupby(pairs, key=lambda pair: pair[0])
    return [(indicator, [unit for _, unit in rows]) for indicator, rows in grouped]


def _done(request: ActorRequest, pairs: Sequence[Pair]) -> HttpResponseRedirect:
    numbers = len({indicator.pk for indicator, _ in pairs}), len({unit.pk for _, unit in pairs})
    messages.success(request, f"已指定：{numbers[0]} 个指标，{numbers[1]} 个填报单位，已通知单位。")
    query = request.POST.get("back", "")
    return HttpResponseRedirect(reverse("indicators") + (f"?{query}" if query else ""))
