"""The phases of the campaign with their targets, against today."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.framework.enums import ValueState
from chuangwen.framework.models import IndicatorValue
from chuangwen.framework.periods import parse_period
from chuangwen.framework.queries.indicators import visible_values
from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.plan.models import Phase, Target
from chuangwen.plan.phases import SameName, grouped, is_current, line_of
from chuangwen.web.framework.wording import value_text
from chuangwen.web.gate import ActorRequest, page

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
ROW, BAR = 34, 26


@page(may=MAY)
def show_timeline(request: ActorRequest) -> HttpResponse:
    """Show years and stages on a line, and each with its targets and what was reported last."""
    day = clock.today()
    targets = Target.objects.filter(retired_on=None)
    rows = Phase.objects.filter(retired_on=None).prefetch_related(Prefetch("targets", targets))
    phases = list(rows)
    undated = list(targets.filter(phase=None))
    dated = [one for phase in phases for one in phase.targets.all()]
    reported = _reported(request, {one.name for one in (*dated, *undated)})
    line = line_of(phases, day)
    context = {
        "line": line,
        "bars": [(bar, bar.row * ROW + 2, bar.row * ROW + 19, bar.left + 6) for bar in line.bars],
        "bar_height": BAR,
        "height": line.rows * ROW + 22,
        "foot": line.rows * ROW,
        "words_at": line.rows * ROW + 16,
        "phases": [
            {
                "phase": phase,
                "is_current": is_current(phase, day),
                "is_over": bool(phase.ends_on and phase.ends_on < day),
                "targets": _with_reports(phase.targets.all(), reported),
            }
            for phase in phases
        ]
        + ([{"phase": None, "targets": _with_reports(undated, reported)}] if undated else []),
        "day": day,
    }
    return render(request, "plan/timeline.html", context)


def _with_reports(
    targets: Iterable[Target], reported: dict[str, str]
) -> list[tuple[SameName, str | None]]:
    return [(same, reported.get(same.name)) for same in grouped(targets)]


def _reported(request: ActorRequest, names: set[str]) -> dict[str, str]:
    """Return the newest accepted values of the indicators of these names, in words. One query."""
    values = visible_values(request.actor).filter(
        indicator__name__in=names, state=ValueState.ACCEPTED, superseded_by=None
    )
    newest: dict[str, list[IndicatorValue]] = {}
    for value in values.select_related("indicator").order_by("-period_ends_on", "unit__name"):
        rows = newest.setdefault(value.indicator.name, [])
        if not rows or rows[0].period == value.period:
            rows.append(value)
    return {name: "、".join(_words(value) for value in rows) for name, rows in newest.items()}


def _words(value: IndicatorValue) -> str:
    shown = value_text(value, value.indicator.unit)
    return f"{shown}（{value.unit.name}，{parse_period(value.period).label}）"
