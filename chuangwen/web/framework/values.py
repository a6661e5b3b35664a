"""Reporting, correcting and reviewing values."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.files.models import Attachment
from chuangwen.files.queries import attachments_of
from chuangwen.framework.actions.reviewing import accept_values, return_value
from chuangwen.framework.actions.values import correct_value, report_value
from chuangwen.framework.attachments import VALUE
from chuangwen.framework.enums import ValueState
from chuangwen.framework.models import Indicator, IndicatorValue
from chuangwen.framework.periods import parse_period
from chuangwen.framework.queries.indicators import (
    open_today,
    visible_indicators,
    visible_reporters,
    visible_values,
)
from chuangwen.framework.reported import Report
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import visible_units
from chuangwen.web.files.posted import Received, receive_uploads
from chuangwen.web.framework.forms import CorrectionForm, ReportForm, ValueForm, attempt
from chuangwen.web.framework.wording import target_text, value_text
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.paging import page_of

REPORTED_FIELDS = ("content", "document", "note")


@page("GET", "POST", may=Permission.REPORT_INDICATORS)
def report(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form to report a value of an indicator; take it in."""
    indicator = load(visible_indicators(request.actor), pk)
    units = _own_units(request, indicator)
    initial = {"period": str(clock.today().year), "unit": request.GET.get("unit", "")}
    form = ReportForm(request.POST or None, indicator=indicator, units=units, initial=initial)
    received = receive_uploads(request) if request.method == "POST" else Received()
    done = attempt(form, lambda data: _report(request, indicator, data, received))
    if done is not None:
        messages.success(request, "已填报，等待创文办审核。")
        return redirect("indicator", pk=pk)
    return _form_page(request, form, "填报", received)


@page("GET", "POST", may=Permission.REPORT_INDICATORS)
def correct(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form to correct a value; the old one is kept."""
    value = load(visible_values(request.actor).select_related("indicator"), pk)
    # A superior reads it, but only its own unit's clerk corrects it: said before anything is typed.
    request.actor.require(Permission.REPORT_INDICATORS, unit_id=value.unit_id)
    initial = {"document": value.document}
    form = CorrectionForm(request.POST or None, indicator=value.indicator, initial=initial)
    received = receive_uploads(request) if request.method == "POST" else Received()

    def run(data: dict[str, Any]) -> IndicatorValue:
        received.raise_if_refused()
        return correct_value(
            value=value, report=_content(data), uploads=received.keys, by=request.actor
        )

    done = attempt(form, run)
    if done is not None:
        messages.success(request, "已更正，等待创文办审核。原值保留在历史中。")
        return redirect("indicator", pk=value.indicator_id)
    title = f"更正 {parse_period(value.period).label}（{value.unit.name}）"
    return _form_page(request, form, title, received, former=value)


@page(may=Permission.REVIEW_INDICATORS)
def list_waiting(request: ActorRequest) -> HttpResponse:
    """List the values that wait for review, oldest first."""
    waiting = visible_values(request.actor).filter(
        state=ValueState.REPORTED, superseded_by__isnull=True
    )
    related = waiting.select_related("indicator").prefetch_related("indicator__references")
    shown = page_of(request, related.order_by("pk"))
    files = attachments_of(VALUE.name, [value.pk for value in shown.rows])
    lines = [_waiting_line(value, files.get(value.pk, [])) for value in shown.rows]
    context = {"lines": lines, "page": shown}
    return render(request, "framework/waiting.html", context)


@page("POST", may=Permission.REVIEW_INDICATORS)
def accept(request: ActorRequest) -> HttpResponse:
    """Accept all chosen values, or none."""
    chosen = [_identifier(raw) for raw in request.POST.getlist("value")]
    if not chosen:
        raise Invalid("没有选择指标值。请勾选后再接收。")
    count = accept_values(value_ids=chosen, by=request.actor)
    messages.success(request, f"已接收 {count} 个指标值。")
    return redirect("indicator-waiting")


@page("POST", may=Permission.REVIEW_INDICATORS)
def send_back(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Return one value with the reason."""
    value = load(visible_values(request.actor), pk)
    return_value(value=value, reason=request.POST.get("reason", ""), by=request.actor)
    messages.success(request, f"已退回给{value.unit.name}。")
    return redirect("indicator-waiting")


def _report(
    request: ActorRequest, indicator: Indicator, data: dict[str, Any], received: Received
) -> IndicatorValue:
    received.raise_if_refused()
    unit: Unit = load(visible_units(request.actor), data["unit"])
    return report_value(
        indicator=indicator,
        unit=unit,
        period=data["period"],
        report=_content(data),
        uploads=received.keys,
        by=request.actor,
    )


def _content(data: dict[str, Any]) -> Report:
    return Report(**{name: data[name] for name in REPORTED_FIELDS})


def _own_units(request: ActorRequest, indicator: Indicator) -> list[tuple[str, str]]:
    reporters = open_today(visible_reporters(request.actor)).filter(indicator=indicator)
    return [
        (str(each.unit_id), each.unit.name)
        for each in reporters
        if request.actor.may(Permission.REPORT_INDICATORS, unit_id=each.unit_id)
    ]


def _waiting_line(value: IndicatorValue, files: list[Attachment]) -> dict[str, Any]:
    kinds = [series.kind for series in value.indicator.references.all()]
    return {
        "value": value,
        "files": files,
        "period": parse_period(value.period).label,
        "content": value_text(value, value.indicator.unit),
        "target": target_text(value.indicator, kinds),
    }


def _form_page(
    request: ActorRequest,
    form: ValueForm,
    title: str,
    received: Received,
    *,
    former: IndicatorValue | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "indicator": form.indicator,
        "title": title,
        "button": "提交",
        "takes_files": True,
        "uploads": received.uploads,
        "former": value_text(former, form.indicator.unit) if former else "",
        "return_reason": former.return_reason if former else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "framework/report.html", context, status=status)


def _identifier(raw: str) -> uuid.UUID:
    try:
        return uuid.UUID(raw)
    except ValueError as error:
        raise Invalid("所选的内容无法识别。请刷新页面后重选。") from error
