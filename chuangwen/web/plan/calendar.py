"""The calendar: a month as a grid, or a list by day."""

import datetime
import uuid
from calendar import Calendar as Weeks
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.calendar import DAY, caveat, is_working_day, mark_of
from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import open_on, visible_units
from chuangwen.plan.calendar import (
    Calendar,
    Entry,
    EntryKind,
    Span,
    calendar_of,
    measure_entry,
    measures_in,
    part_entry,
    parts_in,
    phase_entries,
)
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
FIRST_YEAR, LAST_YEAR = 1990, 2200


@page(may=MAY)
def show_calendar(request: ActorRequest) -> HttpResponse:
    """Show a month; `view=list` the entries of a month or of `day`; filters `unit` and `kind`."""
    asked = _Asked(request)
    context: dict[str, Any] = {
        "asked": asked,
        "kinds": EntryKind.choices,
        "units": _units(request),
        "previous": asked.address(month=(asked.month - DAY).replace(day=1)),
        "following": asked.address(month=(asked.month + 31 * DAY).replace(day=1)),
        "this_month": asked.address(month=clock.today().replace(day=1)),
        "is_this_month": asked.month == clock.today().replace(day=1),
        "caveat": caveat(asked.month, asked.month),
    }
    if asked.is_list:
        context |= _listed(request, asked)
        return render(request, "plan/calendar_list.html", context)
    weeks = Weeks().monthdatescalendar(asked.month.year, asked.month.month)
    span = asked.span(weeks[0][0], weeks[-1][-1])
    found = calendar_of(request.actor, span)
    context["weeks"] = [[_cell(day, found, asked) for day in week] for week in weeks]
    return render(request, "plan/calendar.html", context)


def entry_path(entry: Entry) -> str:
    """Return where an entry leads."""
    if entry.about == "plan":
        return reverse("plan")
    return reverse(f"plan-{entry.about}", args=[entry.about_id])


class _Asked:
    """What the address asks for."""

    def __init__(self, request: ActorRequest) -> None:
        given = request.GET
        self.day = _day(given.get("day", ""))
        self.month = (self.day or _month(given.get("month", ""))).replace(day=1)
        self.is_list = given.get("view") == "list" or self.day is not None
        self.kind = given.get("kind", "") if given.get("kind") in EntryKind.values else ""
        self.unit = _identifier(given.get("unit", ""))

    def span(self, first: datetime.date, last: datetime.date) -> Span:
        kinds = frozenset([self.kind]) if self.kind else frozenset(EntryKind.values)
        return Span(first, last, self.unit, kinds)

    def address(self, **changed: object) -> str:
        """Return the same page with something else; empty values drop out."""
        values: dict[str, object] = {
            "view": "list" if self.is_list else "",
            "month": self.month,
            "unit": self.unit or "",
            "kind": self.kind,
            **changed,
        }
        if isinstance(month := values["month"], datetime.date):
            values["month"] = month.strftime("%Y-%m")
        return f"?{urlencode({name: value for name, value in values.items() if value})}"

    @property
    def as_month(self) -> str:
        return self.address(view="")

    @property
    def as_list(self) -> str:
        return self.address(view="list")


def _cell(day: datetime.date, found: Calendar, asked: _Asked) -> dict[str, Any]:
    today = clock.today()
    mark, why = mark_of(day)
    hidden = [
        (kind.label, number, asked.address(view="list", day=day, kind=kind.value, month=""))
        for kind in EntryKind
        if (number := found.hidden(day, kind.value)) > 0
    ]
    return {
        "day": day,
        "is_inside": day.month == asked.month.month,
        "is_today": day == today,
        "is_rest": not is_working_day(day),
        "mark": mark,
        "why": why,
        "entries": [_shown(entry, today) for entry in found.entries.get(day, ())],
        "hidden": hidden,
    }


def _shown(entry: Entry, today: datetime.date) -> dict[str, Any]:
    late = entry.is_open and entry.day < today and entry.kind != EntryKind.PHASE
    word = "已完成" if not entry.is_open else "超期" if late else ""
    if entry.kind == EntryKind.PHASE:
        tone = "phase"
    else:
        tone = "done" if not entry.is_open else "late" if late else "open"
    return {"entry": entry, "path": entry_path(entry), "tone": tone, "word": word}


def _listed(request: ActorRequest, asked: _Asked) -> dict[str, Any]:
    """One kind at a time, page by page; phases are few and stand above."""
    kind = asked.kind or EntryKind.TASK.value
    last = (asked.month + 31 * DAY).replace(day=1) - DAY
    span = asked.span(asked.day or asked.month, asked.day or last)
    today = clock.today()
    rows: list[Entry] = []
    found = None
    if kind == EntryKind.TASK:
        parts = parts_in(request.actor, span).select_related("task", "unit")
        found = page_of(request, parts.order_by("due_order", "pk"))
        rows = [part_entry(part) for part in found.rows]
    elif kind == EntryKind.MEASURE:
        measures = measures_in(request.actor, span).select_related("part__unit")
        turned = page_of(request, measures.order_by("due_on", "pk"))
        rows, found = [measure_entry(measure) for measure in turned.rows], turned  # type: ignore[assignment]
    phases = phase_entries(span) if asked.kind in ("", EntryKind.PHASE.value) else []
    return {
        "rows": [_shown(entry, today) for entry in rows],
        "phases": [_shown(entry, today) for entry in phases],
        "page": found,
        "kind": kind,
    }


def _units(request: ActorRequest) -> list[Unit]:
    """The choice of units: where there is one unit only, there is none to choose."""
    units = list(open_on(visible_units(request.actor), clock.today()).order_by("kind", "name"))
    return units if len(units) > 1 else []


def _month(raw: str) -> datetime.date:
    try:
        month = datetime.datetime.strptime(raw, "%Y-%m").date() if raw else clock.today()  # noqa: DTZ007
    except ValueError as error:
        raise Invalid(f"“月份”的“{raw}”不是月份。请写成 2021-09 的样子。", field="month") from error
    return _within(month, raw)


def _day(raw: str) -> datetime.date | None:
    try:
        return _within(datetime.date.fromisoformat(raw), raw) if raw else None
    except ValueError as error:
        raise Invalid(
            f"“日期”的“{raw}”不是日期。请写成 2021-09-30 的样子。", field="day"
        ) from error


def _within(day: datetime.date, raw: str) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(f"日历只到 {FIRST_YEAR} 至 {LAST_YEAR} 年，“{raw}”超出范围。请另选月份。")
    return day


def _identifier(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw) if raw else None
    except ValueError as error:
        raise Invalid(f"“单位”的“{raw}”无法识别。请从列表中选择。", field="unit") from error
