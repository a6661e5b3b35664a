"""整改统计: how far cases were dealt with in time, by unit, category or source; the ranking."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit import clock, typed
from chuangwen.kit.asking import Asked
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.ranking import set_fewest
from chuangwen.rectification.queries.figures import (
    Dimension,
    Period,
    all_figures,
    fewest_to_rank,
    figures,
    rankings,
    total,
)
from chuangwen.reports.sheets.figures import figures_book, file_name
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.downloads import as_download

MAY = Permission.VIEW_DISTRICT
FILTERS = {Dimension.UNIT: "unit", Dimension.CATEGORY: "category", Dimension.SOURCE: "source"}


@dataclass(frozen=True)
class FiguresAsked(Asked):
    """The period and by what; without a period the month of today."""

    since: str = ""
    until: str = ""
    by: str = Dimension.UNIT.value

    def period(self, day: datetime.date) -> Period:
        """Return the period. Raises Invalid for what is no day, or ends before it begins."""
        since = _day(self.since, "开始日期") or day.replace(day=1)
        until = _day(self.until, "截止日期") or max(day, since)
        if until < since:
            raise Invalid(f"截止日期 {until} 早于开始日期 {since}。请调换或重新选择。")
        return Period(since, until, day)

    @property
    def dimension(self) -> Dimension:
        """Return by what the cases are told apart."""
        known = self.by in Dimension._value2member_map_
        return Dimension(self.by) if known else Dimension.UNIT


def _day(raw: str, label: str) -> datetime.date | None:
    if not raw:
        return None
    try:
        return typed.day(raw)
    except ValueError as error:
        raise Invalid(f"“{label}”的“{raw}”不是日期。请写成 2021-09-30 的样子。") from error


@page(may=MAY)
def show_figures(request: ActorRequest) -> HttpResponse:
    """Show the table of a period; of units the ranking, too."""
    day = clock.today()
    wanted = FiguresAsked.read(request.GET.dict())
    problem, status = "", 200
    try:
        period = wanted.period(day)
    except Invalid as error:
        problem, status = error.message, error.status
        period = FiguresAsked().period(day)
    rows = figures(request.actor, period, wanted.dimension)
    fewest = fewest_to_rank() if wanted.dimension is Dimension.UNIT else 0
    return render(
        request,
        "rectification/figures.html",
        {
            "period": period,
            "problem": problem,
            "typed": wanted,
            "dimension": wanted.dimension,
            "dimensions": [(one.value, one.label) for one in Dimension],
            "rows": rows,
            "whole": total(rows),
            "rankings": rankings(rows, fewest=fewest) if fewest else [],
            "fewest": fewest,
            "parameters": request.GET.urlencode(),
            "months": _months(day),
            "list_filter": FILTERS[wanted.dimension],
            "may_set": request.actor.may(Permission.MANAGE_CASES),
        },
        status=status,
    )


def _months(day: datetime.date) -> list[dict[str, str]]:
    """The last months, whole, each as the parameters of an address."""
    found = []
    first = day.replace(day=1)
    for _ in range(6):
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
        found.append(
            {
                "label": f"{first.year}年{first.month}月",
                "query": urlencode({"since": first, "until": last}),
            }
        )
        first = (first - datetime.timedelta(days=1)).replace(day=1)
    return found


@page(may=MAY)
def export_figures(request: ActorRequest) -> HttpResponseBase:
    """Send all tables of the period as a workbook."""
    period = FiguresAsked.read(request.GET.dict()).period(clock.today())
    tables, fewest = all_figures(request.actor, period), fewest_to_rank()
    ranked = rankings(tables[Dimension.UNIT], fewest=fewest)
    return as_download(figures_book(tables, ranked, period, fewest), file_name(period))


@page("POST", may=Permission.MANAGE_CASES)
def set_ranking(request: ActorRequest) -> HttpResponse:
    """Lay down from how many cases on a unit is ranked."""
    raw = request.POST.get("fewest", "").strip()
    number = typed.whole_number(raw)
    if number is None:
        raise Invalid(f"“{raw[:20]}”不是整数。请填排名所需的应结案数，如 5。", field="fewest")
    set_fewest(fewest=number, by=request.actor)
    messages.success(request, f"已保存：应结案少于 {number} 个的单位不排名。")
    query = request.POST.get("back", "")
    return redirect(reverse("case-figures") + (f"?{query}" if query else ""))
