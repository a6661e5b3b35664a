"""Defining indicators, and what belongs to them: units, references, clauses."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.indicators import (
    create_indicator,
    edit_indicator,
    record_clause,
)
from chuangwen.framework.actions.reporting_units import (
    assign_reporters,
    end_reporter,
    set_reference_value,
)
from chuangwen.framework.document import ClauseEntry
from chuangwen.framework.enums import ReferenceKind
from chuangwen.framework.models import Indicator
from chuangwen.framework.queries.indicators import (
    open_today,
    visible_indicators,
    visible_reporters,
)
from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import open_on, visible_units
from chuangwen.web.framework.definition_forms import (
    ClauseForm,
    IndicatorEditForm,
    IndicatorForm,
    ReporterForm,
    initial_of,
)
from chuangwen.web.framework.forms import ReferenceForm, attempt
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

MAY = Permission.MANAGE_FRAMEWORK


@page("GET", "POST", may=MAY)
def create(request: ActorRequest) -> HttpResponse:
    """Show the form of a new indicator; define it."""
    form = IndicatorForm(request.POST or None)
    made = attempt(form, lambda _: create_indicator(content=form.entry(), by=request.actor))
    if made is not None:
        messages.success(request, f"已建立指标“{made.name}”。请确定填报单位。")
        return redirect("indicator-setting", pk=made.pk)
    return _definition_page(request, form, "新建指标")


@page("GET", "POST", may=MAY)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of an indicator; change its definition."""
    related = visible_indicators(request.actor).select_related("alternative_of")
    indicator = load(related.prefetch_related("references"), pk)
    form = IndicatorEditForm(request.POST or None, initial=initial_of(indicator))

    def run(data: dict[str, Any]) -> Indicator:
        return edit_indicator(
            indicator=indicator,
            content=form.entry(),
            reason=data["reason"],
            base_version=data["version"],
            by=request.actor,
        )

    if attempt(form, run):
        messages.success(request, "已修改，原因记入审计。")
        return redirect("indicator", pk=pk)
    return _definition_page(request, form, "修改指标", indicator)


@page("GET", "POST", may=MAY)
def show_setting(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who reports an indicator and its references; take in one of the three forms."""
    indicator = load(visible_indicators(request.actor).prefetch_related("references"), pk)
    which = request.POST.get("form", "")
    bound = _setting_forms(request, indicator, which)
    done = attempt(bound[which], _writer(request, indicator, which)) if which in bound else None
    if done is not None:
        messages.success(request, "已保存。")
        return redirect("indicator-setting", pk=pk)
    reporters = open_today(visible_reporters(request.actor)).filter(indicator=indicator)
    context = {"indicator": indicator, "reporters": reporters, "forms": bound}
    return render(request, "framework/setting.html", context, status=422 if which else 200)


@page("POST", may=MAY)
def end(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a unit's duty to report end today."""
    reporter = load(visible_reporters(request.actor).select_related("indicator"), pk)
    end_reporter(reporter=reporter, valid_until=clock.today(), by=request.actor)
    messages.success(request, f"{reporter.unit.name}今天起不再填报，已填的值保留。")
    return redirect("indicator-setting", pk=reporter.indicator_id)


def _setting_forms(
    request: ActorRequest, indicator: Indicator, which: str
) -> dict[str, forms.Form]:
    """Return the three forms, the posted one bound. No reference form without references."""
    kinds = [ReferenceKind(series.kind) for series in indicator.references.all()]
    units = open_on(visible_units(request.actor), clock.today())

    def given(name: str) -> dict[str, Any]:
        return {"data": request.POST if which == name else None, "auto_id": f"{name}_%s"}

    today = {"valid_from": clock.today()}
    bound: dict[str, forms.Form] = {
        "reporters": ReporterForm(units=units, initial=today, **given("reporters")),
        "clause": ClauseForm(**given("clause")),
    }
    if kinds:
        bound["reference"] = ReferenceForm(indicator=indicator, kinds=kinds, **given("reference"))
    return bound


def _writer(
    request: ActorRequest, indicator: Indicator, which: str
) -> Callable[[dict[str, Any]], object]:
    by = request.actor

    def write(data: dict[str, Any]) -> object:
        if which == "reporters":
            pairs = [(indicator, unit) for unit in data["units"]]
            return assign_reporters(pairs=pairs, valid_from=data["valid_from"], by=by)
        if which == "clause":
            return record_clause(indicator=indicator, clause=ClauseEntry(**data), by=by)
        kind = ReferenceKind(data.pop("kind"))
        return set_reference_value(indicator=indicator, kind=kind, by=by, **data)

    return write


def _definition_page(
    request: ActorRequest, form: forms.Form, title: str, indicator: Indicator | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "button": "保存", "indicator": indicator}
    status = 422 if form.is_bound else 200
    return render(request, "framework/definition.html", context, status=status)
