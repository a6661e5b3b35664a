"""Findings: the list, withdrawing them, handing them to rectification, the export."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.inspection.actions.findings import MOST_AT_ONCE, withdraw_findings
from chuangwen.inspection.actions.transferring import open_cases_of_findings
from chuangwen.inspection.enums import FindingState
from chuangwen.inspection.listing import FINDING_SORTS, Wanted, categories_found, findings_listed
from chuangwen.inspection.queries.pictures import photos_of_findings
from chuangwen.inspection.queries.visible import sees_all, visible_rounds
from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.rectification.enums import OriginKind
from chuangwen.rectification.queries import cases_of_origins
from chuangwen.reports.sheets.findings import findings_book
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.inspection.rounds import SEE
from chuangwen.web.loading import ticked_versions
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download

MAY = Permission.MANAGE_ROUNDS


@page(may=SEE)
def list_findings(request: ActorRequest) -> HttpResponse:
    """List the findings that the viewer may see: of units, their own to mend."""
    wanted = Wanted.read(request.GET.dict())
    found = page_of(request, findings_listed(request.actor, wanted))
    photos = photos_of_findings(request.actor, found.rows)
    taken = [one.pk for one in found.rows if one.state == FindingState.IN_CASE]
    cases = cases_of_origins(request.actor, OriginKind.FINDING, taken)
    listed = visible_rounds(request.actor).select_related(None).order_by("-number")
    rounds = list(listed.only("name", "starts_on", "ends_on")[:60])
    context = {
        "page": found,
        "rows": [(one, photos.get(one.pk, []), cases.get(one.pk)) for one in found.rows],
        "sorts": [(value, label) for value, (label, _) in FINDING_SORTS.items()],
        "rounds": rounds,
        "chosen": next((one for one in rounds if one.pk == wanted.key("round")), None),
        "wanted": wanted,
        "states": FindingState.choices,
        "categories": categories_found(request.actor)[:100],
        "parameters": request.GET.urlencode(),
        "may_manage": request.actor.may(MAY),
        "sees_all": sees_all(request.actor),
    }
    return render(request, "inspection/findings.html", context)


@page(may=SEE)
def export(request: ActorRequest) -> HttpResponseBase:
    """Send the list as filtered."""
    day = clock.today()
    findings = findings_listed(request.actor, Wanted.read(request.GET.dict()))
    book = findings_book(findings.iterator(2000), day)
    return as_download(book, f"发现问题{day:%Y%m%d}.xlsx")


@page("POST", may=MAY)
def withdraw(request: ActorRequest) -> HttpResponse:
    """Withdraw the ticked findings, with the reason."""
    number = withdraw_findings(
        versions=_ticked(request), reason=request.POST.get("reason", ""), by=request.actor
    )
    messages.success(request, f"已撤回 {number} 个问题。测评结果不变。")
    return _back(request)


@page("POST", may=MAY)
def transfer(request: ActorRequest) -> HttpResponse:
    """Hand the ticked findings to rectification, one case each."""
    cases = open_cases_of_findings(versions=_ticked(request), by=request.actor)
    messages.success(request, f"已转为 {len(cases)} 个整改案卷，在“问题整改”中待立案。")
    return _back(request)


def _back(request: ActorRequest) -> HttpResponse:
    back = request.POST.get("back", "")
    return redirect(f"{reverse('findings')}?{back}" if back else "findings")


def _ticked(request: ActorRequest) -> dict[uuid.UUID, int]:
    ticks = request.POST.getlist("finding")[: MOST_AT_ONCE + 1]
    return ticked_versions(ticks, "问题编号不对。请返回列表重新勾选。")
