"""The lists of cases under one filter, and their export."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.rectification.enums import CaseState, ShareState, Source
from chuangwen.rectification.listing import (
    CLOSED,
    LAST_CLOSED,
    LIGHTS,
    OF_VIEW,
    SORTS,
    VIEWS,
    CaseFilter,
    list_of_cases,
)
from chuangwen.rectification.models import Category
from chuangwen.rectification.workflow import OVER
from chuangwen.reports.sheets.cases import cases_book
from chuangwen.sites.queries.listing import choices_for
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download
from chuangwen.web.rectification.case import SEE, TONES

MANAGE = Permission.MANAGE_CASES
SHARES = [
    (state.value, state.label)
    for state in (ShareState.ASSIGNED, ShareState.ACCEPTED, ShareState.REWORK, ShareState.DONE)
]


@page(may=SEE)
def list_cases(request: ActorRequest) -> HttpResponse:
    """List the cases that the viewer may see; every filter stands in the address."""
    actor, day = request.actor, clock.today()
    wanted = CaseFilter.read(request.GET.dict())
    found = page_of(request, list_of_cases(actor, wanted, day))
    sees_all = actor.may_everywhere(Permission.VIEW_DISTRICT)
    may_tick = actor.may(MANAGE) or actor.may(Permission.CLOSE_CASES)
    categories = Category.objects.order_by("code").values_list("pk", "name")
    context: dict[str, Any] = {
        "page": found,
        "rows": [(case, TONES.get(CaseState(case.state), "neutral")) for case in found.rows],
        "wanted": wanted,
        "views": [
            (f"{reverse('cases')}?view={view}" if view else reverse("cases"), label,
             view == wanted.view)
            for view, label in VIEWS
        ],
        "choices": choices_for(actor),
        "categories": list(categories[:500]),
        "states": [
            (state.value, state.label)
            for state in CaseState
            if state in OF_VIEW.get(wanted.view, CaseState)
        ],
        "shares": SHARES if not sees_all else [],
        "sources": Source.choices,
        "lights": LIGHTS,
        "sorts": [
            (value, label)
            for value, (label, _) in SORTS.items()
            if value != LAST_CLOSED or wanted.view == CLOSED
        ],
        "parameters": request.GET.urlencode(),
        "day": day,
        "sees_all": sees_all,
        "may_tick": may_tick,
        "may_manage": actor.may(MANAGE),
        "may_report": actor.may(Permission.REPORT_CASES),
        "over": OVER,
    }  # fmt: skip
    return render(request, "rectification/cases.html", context)


@page(may=SEE)
def export(request: ActorRequest) -> HttpResponseBase:
    """Send the list as filtered."""
    day = clock.today()
    wanted = CaseFilter.read(request.GET.dict())
    title = dict(VIEWS).get(wanted.view, "问题清单")
    cases = list_of_cases(request.actor, wanted, day).select_related("standard")
    return as_download(cases_book(title, cases.iterator(2000), day), f"{title}{day:%Y%m%d}.xlsx")
